using Touchstone.Data.Cleaning;
using Touchstone.Data.Metrics;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Tests.Data.Cleaning;

namespace Touchstone.Tests.Data.Metrics;

public sealed class WorkspaceFactsTests : IDisposable
{
    private const string Yaml = """
        experiment: ranking
        control: popularity
        time_zone: Asia/Shanghai
        exposures: {source: facts.exposures, unit: shopper, variant: policy, time: occurred_at, where: {surface: home}}
        covariates:
          - {name: spend before, source: clean.interactions, time: occurred_at, where: {kind: purchase}, value: amount, days_before: 7}
        metrics:
          - {name: conversion, kind: proportion, source: clean.interactions, time: occurred_at, where: {kind: purchase}, window_days: 3}
          - {name: revenue, kind: mean, source: clean.interactions, time: occurred_at, where: {kind: purchase}, value: amount, window_days: 3}
          - {name: raw lines, kind: mean, source: facts.events, time: occurred_at, where: {kind: purchase}, window_days: 3}
        """;

    // Day d is the (d + 1)th of January 2024, 12:00 UTC. a and b are in the control, c and d in the other arm, e in both; x was shown nothing.
    private static readonly Interaction[] Events =
    [
        Rows.Purchase("a", "p", 1, day: 0, quantity: 2, price: 10),
        Rows.Purchase("a", "q", 2, day: 2, price: 5),
        Rows.Purchase("a", "gift", 3, day: 1, price: 0),
        Rows.Purchase("a", "p", 4, day: 3, price: 100),
        Rows.Purchase("b", "p", 5, day: 0, price: 7),
        Rows.Purchase("c", "p", 6, day: 1, quantity: 2, price: 2.5m),
        Rows.View("c", null, "p", 7, Rows.Day(1)),
        Rows.Purchase("x", "p", 8, day: 1, price: 50),
    ];

    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Exposures_of_a_server_at_work_and_interactions_give_the_figures_counted_by_hand_and_the_workspace_stays_as_it_is()
    {
        new FactStore<Exposure>(_files["exposures"]).AppendBatch("server-1-0001", [Shown("a", "popularity", 0), Shown("a", "popularity", 0), Shown("b", "popularity", 1), Shown("c", "ease", 0)], TestContext.Current.CancellationToken);
        using var live = new FactStore<Exposure>(_files["exposures"]).OpenLive("server-2-0001");
        foreach (var row in (Exposure[])[Shown("d", "ease", 1), Shown("e", "popularity", 0), Shown("e", "ease", 1), Shown(null, "ease", 1), Shown("a", "ease", 2) with { Surface = "mail" }]) live.Append(row);
        live.Commit();
        var store = new FactStore<Interaction>(_files["events"]);
        store.AppendBatch("file-before", Events, TestContext.Current.CancellationToken);
        store.AppendBatch("file-now", Events, TestContext.Current.CancellationToken);
        Clean();
        string[] Files() => [.. Directory.GetFiles(_files.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {new FileInfo(file).Length}")];
        var before = Files();

        var data = Read(Yaml, ["file-now"]);

        Assert.Equal(before, Files());
        Assert.Equal(["ease", "popularity"], data.Arms.Select(arm => arm.Variant));
        Assert.Equal([2, 2], data.Arms.Select(arm => arm.Count));
        double[] Means(string column) => [.. data.Arms.Select(arm => arm.Mean(column))];
        Assert.Equal([0.5, 0.5], Means("conversion"));
        Assert.Equal([2.5, 12.5], Means("revenue"));
        // The gift is no clean row; the batch of the file as it was before is none of the facts that count.
        Assert.Equal([0.5, 1.5], Means("raw lines"));
        Assert.Equal([0, 3.5], Means("covariate spend before"));
        long Count(string name) => data.Hygiene.Single(count => count.Name == name).Count;
        Assert.Equal((8, 1, 1), (Count("exposures"), Count("exposures_without_unit_or_variant"), Count("units_in_several_arms")));
        Assert.Equal((1, 1, 1), (Count("orphan_events:clean.interactions"), Count("events_before_exposure:clean.interactions"), Count("late_events:clean.interactions")));
    }

    [Fact]
    public void Assignments_of_one_experiment_are_exposures()
    {
        Assignment Assigned(string experiment, string unit, string variant) =>
            new() { Site = "default", Experiment = experiment, Salt = "s", Unit = unit, Bucket = 1, Variant = variant, OccurredAt = Rows.Day(0, 0) };
        new FactStore<Assignment>(_files["assignments"]).AppendBatch("one", [Assigned("ranking", "a", "A"), Assigned("ranking", "c", "B"), Assigned("other", "a", "B")], TestContext.Current.CancellationToken);
        Clean();
        var data = Read("""
            control: A
            exposures: {source: facts.assignments, unit: unit, variant: variant, time: occurred_at, where: {experiment: ranking}}
            metrics:
              - {name: order value, kind: quantile, source: clean.interactions, unit: shopper, time: occurred_at, where: {kind: purchase}, value: amount}
            """);
        Assert.Equal([1, 1], data.Arms.Select(arm => arm.Count));
        Assert.Equal([20, 5], data.Quantiles["order value"].Select(quantile => quantile.Value));
    }

    [Fact]
    public void A_file_whose_name_begins_like_facts_is_a_file()
    {
        File.WriteAllText(_files["facts.csv"], "shopper,arm,seen\na,A,2026-10-01\nb,B,2026-10-01\n");
        var data = Read("control: A\nexposures: {source: facts.csv, unit: shopper, variant: arm, time: seen}\nmetrics:\n  - {name: rows, kind: mean, source: facts.csv, time: seen}\n");
        Assert.Equal([1, 1], data.Arms.Select(arm => arm.Mean("rows")));
    }

    [Theory]
    [InlineData("facts.exposures", "finds nothing in FOLDER/exposures: `touchstone serve SHOP_YAML` appends them as it answers.")]
    [InlineData("facts.assignments", "finds nothing in FOLDER/assignments: the program that assigns units appends them.")]
    [InlineData("facts.events", "finds nothing in FOLDER/events: `touchstone run SHOP_YAML` makes them.")]
    [InlineData("clean.interactions", "finds nothing in FOLDER/stages/clean/interactions.parquet: `touchstone run SHOP_YAML` makes them.")]
    public void A_workspace_without_facts_says_what_makes_them(string source, string problem)
    {
        var fault = Assert.Throws<SourceException>(() => Read(Yaml.Replace("facts.exposures", source, StringComparison.Ordinal)));
        Assert.Equal($"{source} {problem.Replace("FOLDER", _files.Folder, StringComparison.Ordinal)} Name the workspace with --workspace DIR.", fault.Message);
    }

    [Fact]
    public void Unknown_facts_name_those_there_are()
    {
        var fault = Assert.Throws<SourceException>(() => Read(Yaml.Replace("facts.exposures", "facts.exposure", StringComparison.Ordinal)));
        Assert.Equal("facts.exposure names no facts; a workspace has clean.interactions, facts.events, facts.exposures, facts.assignments.", fault.Message);
    }

    private static Exposure Shown(string? shopper, string policy, int day) => new()
    {
        Site = "default",
        Slate = "s",
        EventId = "e",
        Surface = "home",
        Shopper = shopper,
        OccurredAt = Rows.Day(day),
        Policy = policy,
        PolicyVersion = "1",
        EligibleCount = 1,
        EligibleHash = "h",
        RuleVersion = "r",
        CandidateSource = "c",
        Product = "p",
        Rank = 1,
        Score = 1,
        MarginalPropensity = 1,
        ConditionalPropensity = 1,
    };

    private void Clean() => Cleaner.Run(Events, [], [], Path.Combine(_files.Folder, "stages", "clean"), Rows.Day(100), null, TestContext.Current.CancellationToken);

    private ExperimentMoments Read(string yaml, IReadOnlyCollection<string>? eventBatches = null) =>
        SpecReader.FromFiles(ExperimentSpecYaml.Read(yaml, "experiment.yaml"), _files.Folder, QuantileStatistic.Bracket, eventBatches);
}
