using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;

namespace Touchstone.Tests.Evaluation.Indicators;

public sealed class IndicatorWeightsTests
{
    private static readonly BootstrapOptions Options = new() { Replicates = 400 };

    [Fact]
    public void The_catalogue_has_four_families_and_each_name_once()
    {
        Assert.Equal(45, IndicatorCatalogue.All.Count);
        Assert.Equal(4, IndicatorCatalogue.All.Select(definition => definition.Family).Distinct().Count());
        Assert.Equal(IndicatorCatalogue.All.Count, IndicatorCatalogue.All.Select(definition => definition.Name).Distinct().Count());
        Assert.All(IndicatorCatalogue.All, definition => Assert.True(definition.Definition.Length > 0 && definition.Unit.Length > 0 && definition.Source.Length > 0));
    }

    [Fact]
    public void Consistent_comparisons_give_their_weights_back()
    {
        double[] weights = [0.5, 0.3, 0.2];
        var outcome = PairwiseWeights.Of([.. weights.Select(i => weights.Select(j => i / j).ToArray())]);
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], outcome.Weights[i], 12);
        Assert.Equal((3, 0), (outcome.LargestEigenvalue, outcome.ConsistencyRatio), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9);
    }

    [Fact]
    public void Comparisons_that_contradict_each_other_are_told_by_their_ratio()
    {
        // Three criteria: the principal eigenvector is that of the geometric means, λ = 1 + x + 1/x with x the cube root of a·c/b.
        double[][] matrix = [[1, 3, 5], [1 / 3.0, 1, 3], [0.2, 1 / 3.0, 1]];
        var outcome = PairwiseWeights.Of(matrix);
        var x = Math.Cbrt(3.0 * 3 / 5);
        Assert.Equal(1 + x + (1 / x), outcome.LargestEigenvalue, 9);
        Assert.Equal((outcome.LargestEigenvalue - 3) / 2 / 0.58, outcome.ConsistencyRatio, 9);
        var mean = matrix.Select(row => Math.Cbrt(row[0] * row[1] * row[2])).ToArray();
        for (var i = 0; i < 3; i++) Assert.Equal(mean[i] / mean.Sum(), outcome.Weights[i], 9);
        Assert.True(PairwiseWeights.Of([[1, 9, 1 / 9.0], [1 / 9.0, 1, 9], [9, 1 / 9.0, 1]]).ConsistencyRatio > PairwiseWeights.ConsistencyRatioMax);
        Assert.StartsWith("comparisons[0][1] = 2 is not the reciprocal of comparisons[1][0] = 2.", Assert.Throws<ArgumentException>(() => PairwiseWeights.Of([[1, 2], [2, 1]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_composite_turns_every_change_to_its_good_side_and_keeps_its_uncertainty()
    {
        var random = new Seed(3).NewRandom();
        IndicatorValue Value(string name, double value, double error)
        {
            double[] replicates = [.. Enumerable.Range(0, Options.Replicates).Select(_ => value + (error * random.NextNormal()))];
            return new IndicatorValue { Definition = IndicatorCatalogue.Find(name) ?? throw new InvalidOperationException(name), Figure = ReplicateEstimate.Percentile(value, replicates, 0.95, 100), Replicates = replicates };
        }

        IndicatorValue[] values = [Value("conversion_rate", 0.11, 0.005), Value("return_rate", 0.08, 0.004), Value("mean_rating", 4, 0.1)];
        var reference = new Dictionary<string, ReferenceFigure> { ["conversion_rate"] = new(0.1, 0.005), ["return_rate"] = new(0.1, 0.004) };
        var outcome = CompositeIndicator.Of(values, reference, new Dictionary<string, double> { ["conversion_rate"] = 3, ["return_rate"] = 1, ["mean_rating"] = 4 }, Options);
        Assert.Equal((0.75 * 0.1) + (0.25 * 0.2), outcome.Change.Value, 12);
        Assert.Equal(["mean_rating"], outcome.LeftOut);
        Assert.InRange(outcome.Change.StandardError, 0.04, 0.08); // about ¾ · √2 · 5 %
        Assert.StartsWith("search_rate has no good side: it cannot be weighted.", Assert.Throws<ArgumentException>(() => CompositeIndicator.Of(values, reference, new Dictionary<string, double> { ["search_rate"] = 1 }, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_read_by_hand_and_in_pairs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("w.yaml"), "weights: {conversion_rate: 3, return_rate: 1}\n");
        Assert.Equal(3, IndicatorFiles.ReadWeights(folder.In("w.yaml")).Weights["conversion_rate"]);
        File.WriteAllText(folder.In("w.yaml"), "comparisons:\n  - {more: conversion_rate, less: return_rate, times: 3}\n");
        Assert.Equal(("conversion_rate", "return_rate", 3.0), Assert.Single(IndicatorFiles.ReadWeights(folder.In("w.yaml")).Comparisons));
        File.WriteAllText(folder.In("w.yaml"), "version: 1\n");
        Assert.Equal("w.yaml:1 needs either weights: {name: number} or comparisons: [{more: a, less: b, times: 3}].", Assert.Throws<ConfigurationException>(() => IndicatorFiles.ReadWeights(folder.In("w.yaml"))).Message);
    }
}
