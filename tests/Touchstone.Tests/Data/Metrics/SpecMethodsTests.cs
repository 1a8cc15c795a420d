using Touchstone.Data.Configuration;
using Touchstone.Data.Metrics;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Metrics;

public sealed class SpecMethodsTests
{
    private const string Yaml = "control: A\nexposures: {source: e.csv, unit: u, variant: v, time: t}\nmetrics:\n  - {name: m, kind: proportion, source: o.csv, time: t}\n";

    [Fact]
    public void Without_keys_there_is_one_look_and_nothing_is_drawn()
    {
        var spec = Read("");
        Assert.Equal((LookRule.FixedHorizon, 0, 0), (spec.Looks.Rule, spec.Replicates, spec.NoveltyDays));
    }

    [Fact]
    public void Looks_bootstrap_and_novelty_are_read()
    {
        Assert.Equal((LookRule.ConfidenceSequence, 800), Of(Read("sequential: {tuning: 800}\n").Looks, looks => looks.Tuning));
        Assert.Equal((LookRule.MixtureTest, 0.1), Of(Read("sequential: {method: msprt, mixture: 0.1}\n").Looks, looks => looks.MixtureLift));
        var planned = Read("looks: {planned: 4, look: 2, spending: pocock}\n").Looks;
        Assert.Equal((LookRule.PlannedLooks, 2, AlphaSpending.Pocock), (planned.Rule, planned.Look, planned.Spending));
        Assert.Equal([0.25, 0.5, 0.75, 1], planned.Fractions);
        Assert.Equal([0.3, 1], Read("looks: {planned: [0.3, 1], look: 1}\n").Looks.Fractions);
        var drawn = Read("bootstrap: {replicates: 500, seed: 7}\n");
        Assert.Equal((500, new Seed(7)), (drawn.Replicates, drawn.Seed));
        Assert.Equal(2000, Read("bootstrap: {}\n").Replicates);
        Assert.Equal((14, 0, 21), (Read("novelty: true\n").NoveltyDays, Read("novelty: false\n").NoveltyDays, Read("novelty: {days: 21}\n").NoveltyDays));
    }

    [Theory]
    [InlineData("sequential: {method: sprt}", "experiment.yaml:5 method \"sprt\" is not known; write confidence-sequence or msprt.")]
    [InlineData("sequential: {method: msprt, tuning: 5}", "experiment.yaml:5 unknown key \"tuning\" in sequential; known: method, mixture.")]
    [InlineData("sequential: {mixture: 0.1}", "experiment.yaml:5 unknown key \"mixture\" in sequential; known: method, tuning.")]
    [InlineData("sequential: {tuning: 5}\nlooks: {planned: 2, look: 1}", "experiment.yaml:6 sequential and looks exclude each other: intervals hold at every look, or at a few planned ones.")]
    [InlineData("looks: {look: 1}", "experiment.yaml:5 looks.planned is missing; write how many looks, or their shares of the planned units, e.g. [0.25, 0.5, 1].")]
    [InlineData("looks: {planned: 3}", "experiment.yaml:5 looks.look is missing; say which of the planned looks this is, from 1.")]
    [InlineData("looks: {planned: 3, look: 4}", "experiment.yaml:5 looks.look is 4; expected 1 to 3.")]
    [InlineData("looks: {planned: [0.5, 0.9], look: 1}", "experiment.yaml:5 planned: the last look is at all planned units: end with 1.")]
    [InlineData("looks: {planned: 3, look: 1, spending: linear}", "experiment.yaml:5 spending \"linear\" is not known; write obrien-fleming or pocock.")]
    [InlineData("bootstrap: {replicates: 1}", "experiment.yaml:5 bootstrap.replicates is 1; expected at least 2.")]
    [InlineData("novelty: {days: 1}", "experiment.yaml:5 novelty.days is 1; expected 2 to 90.")]
    [InlineData("novelty: often", "experiment.yaml:5 novelty \"often\" is not true or false.")]
    public void What_is_at_fault_is_told_by_line(string keys, string message) => Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Read(keys + "\n")).Message);

    [Fact]
    public void Quantiles_alone_have_nothing_to_draw() => Assert.Equal(
        "experiment.yaml:5 bootstrap draws units, and quantiles are over rows: leave bootstrap out, or add another metric.",
        Assert.Throws<ConfigurationException>(() => ExperimentSpecYaml.Read(Yaml.Replace("proportion,", "quantile, value: x,", StringComparison.Ordinal) + "bootstrap: {replicates: 10}\n", "experiment.yaml")).Message);

    [Fact]
    public void Retentions_alone_have_no_days() => Assert.Equal(
        "experiment.yaml:5 novelty looks at means, proportions and ratios day by day, and there is none among the metrics: leave novelty out, or add one.",
        Assert.Throws<ConfigurationException>(() => ExperimentSpecYaml.Read(Yaml.Replace("proportion,", "retention, to_day: 7,", StringComparison.Ordinal) + "novelty: true\n", "experiment.yaml")).Message);

    private static (LookRule Rule, T Value) Of<T>(LookPlan looks, Func<LookPlan, T> value) => (looks.Rule, value(looks));

    private static ExperimentSpec Read(string keys) => ExperimentSpecYaml.Read(Yaml + keys, "experiment.yaml");
}
