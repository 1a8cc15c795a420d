using Touchstone.Data.Configuration;
using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Data.Metrics;

public sealed class SpecReaderTests : IDisposable
{
    /// <summary>Every kind of metric; the same definition runs on files and on PostgreSQL (there the sources are tables).</summary>
    internal const string Yaml = """
        experiment: basket
        control: A
        start: 2026-10-01
        end: 2026-10-20
        recorded_until: 2026-10-31
        exposures: {source: exposures, unit: shopper, variant: arm, time: seen}
        covariates:
          - {name: spend before, source: events, time: at_time, where: {kind: buy}, value: amount, days_before: 30}
        metrics:
          - {name: conversion, kind: proportion, source: events, time: at_time, where: {kind: buy}, window_days: 7}
          - {name: spend, kind: mean, source: events, time: at_time, where: {kind: buy, amount: {at_least: 0, below: 1000}}, value: amount, window_days: 7}
          - {name: views, kind: mean, source: events, time: at_time, where: {kind: [view, look]}, window_days: 7}
          - {name: order value, kind: ratio, source: events, time: at_time, where: {kind: buy}, value: amount, window_days: 7, denominator: {time: at_time, where: {kind: buy}}}
          - {name: slow, kind: quantile, source: events, time: at_time, where: {kind: view}, value: amount, probability: 0.5, window_days: 7, goal: decrease}
          - {name: back, kind: retention, source: events, time: at_time, from_day: 7, to_day: 14}
          - {name: funnel, kind: funnel, source: events, time: at_time, window_days: 7, steps: [{name: view, where: {kind: view}}, {name: buy, where: {kind: buy}}]}
        novelty: {days: 4}
        """;

    internal const string Exposures =
        "shopper,arm,seen\n" +
        "a,A,2026-10-02T10:00:00Z\na,A,2026-10-01T10:00:00Z\nb,A,2026-10-03T00:00:00Z\n" +
        "c,B,2026-10-02T00:00:00Z\nd,B,2026-10-19T00:00:00Z\n" +
        "e,A,2026-10-02T00:00:00Z\ne,B,2026-10-03T00:00:00Z\n" +
        "f,B,2026-09-30T00:00:00Z\n,A,2026-10-02T00:00:00Z\n";

    internal const string Events =
        "shopper,kind,amount,at_time\n" +
        "a,view,100,2026-10-01T10:00:00Z\na,buy,20,2026-10-02T09:00:00Z\na,buy,5,2026-10-08T09:59:59Z\na,buy,7,2026-10-08T10:00:00Z\na,buy,9,2026-09-20T00:00:00Z\n" +
        "b,look,1,2026-10-04T00:00:00Z\nb,buy,-4,2026-10-04T00:00:00Z\nb,view,300,2026-10-05T00:00:00Z\n" +
        "c,buy,2000,2026-10-03T00:00:00Z\nc,view,200,2026-10-02T00:00:00Z\nc,view,50,2026-10-10T00:00:00Z\n" +
        "x,buy,1,2026-10-03T00:00:00Z\n";

    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_kind_of_metric_counts_what_its_window_and_filters_say()
    {
        var (spec, data) = Read(Yaml);
        Check(spec, data);
    }

    [Fact]
    public void Partial_windows_are_left_out_where_asked()
    {
        // Recording ends on the 31st: d's 14 days of retention, exposed on the 19th, are not complete.
        var (_, data) = Read(Yaml + "\npartial_windows: leave_out\n");
        Assert.Equal([2, 1], data.Arms.Select(arm => arm.Count));
        Assert.Equal(1, Count(data, "units_with_partial_window"));
    }

    [Fact]
    public void Units_that_were_not_seen_on_all_days_are_in_no_effect_by_day()
    {
        // d is exposed on the 19th, twelve days before recording ends.
        var (_, data) = Read(Yaml.Replace("days: 4", "days: 14", StringComparison.Ordinal));
        Assert.Equal([2, 1], data.Daily[0].Arms.Select(arm => arm.Count));
        Assert.Equal(1, Count(data, "units_not_seen_on_all_days"));
        Assert.False(data.Hygiene.Single(count => count.Name == "units_not_seen_on_all_days").IsWarning);
        var (_, nobody) = Read(Yaml.Replace("days: 4", "days: 60", StringComparison.Ordinal));
        Assert.Empty(nobody.Daily[0].Arms);
        Assert.True(nobody.Hygiene.Single(count => count.Name == "units_not_seen_on_all_days").IsWarning);
    }

    [Fact]
    public void A_value_of_a_day_that_is_no_number_names_its_source_and_unit()
    {
        // Within the four days, but before the window of the one metric that sums it begins.
        var late = Yaml.Replace("where: {kind: [view, look]}, window_days: 7", "where: {kind: [view, look]}, value: amount, delay_days: 5, window_days: 7", StringComparison.Ordinal).Replace("source: events, time: at_time, where: {kind: view}, value: amount, probability: 0.5, window_days: 7", "source: events, time: at_time, where: {kind: none}, value: amount", StringComparison.Ordinal);
        var fault = Assert.Throws<SourceException>(() => Read(late, events: Events.Replace("b,look,1,", "b,look,n/a,", StringComparison.Ordinal)));
        Assert.Equal("events.csv has for unit \"b\" a value of \"views\" that is not a finite number within 4 days of exposure; correct it.", fault.Message);
    }

    [Fact]
    public void A_holdout_counts_from_its_day_on()
    {
        // From day 5 on: a's purchases of the 8th, before and after its seventh day after exposure, are within days 5 to 12; b's and c's came earlier.
        var (spec, data) = Read(Yaml + "\nfrom_day: 5\n");
        Assert.Equal(5, spec.FromDay);
        Assert.Equal([6, 0], data.Arms.Select(arm => arm.Mean("spend")));
        Assert.Equal([0.5, 0], data.Arms.Select(arm => arm.Mean("conversion")));
        Assert.Equal([0, 0.5], data.Arms.Select(arm => arm.Mean("views")));
    }

    [Fact]
    public void A_trigger_leaves_out_units_that_never_met_the_change_and_counts_from_it_on()
    {
        var (_, data) = Read(Yaml + "\ntrigger: {source: events, time: at_time, where: {kind: view}}\n");
        Assert.Equal([2, 1], data.Arms.Select(arm => arm.Count));
        Assert.Equal(1, Count(data, "units_not_triggered"));
        // b looked and bought before its view, which is what the arm changes.
        Assert.Equal(0.5, data.Arms[0].Mean("conversion"));
    }

    [Fact]
    public void Times_without_an_offset_are_of_the_stated_zone_and_counted_beside_others()
    {
        var text = Exposures.Replace("b,A,2026-10-03T00:00:00Z", "b,A,2026-10-03 00:00:00", StringComparison.Ordinal);
        var (_, data) = Read(Yaml.Replace("control: A", "control: A\ntime_zone: Europe/Berlin", StringComparison.Ordinal), text);
        Assert.Equal(1, Count(data, "times_without_offset_among_others:exposures"));
    }

    [Theory]
    [InlineData("kind: retention", "kind: retantion", "experiment.yaml:15 kind \"retantion\" is not known; write proportion, mean, ratio, quantile, retention or funnel.")]
    [InlineData("control: A", "kontrol: A", "experiment.yaml:1 control is missing.")]
    [InlineData("window_days: 7, goal", "window_day: 7, goal", "experiment.yaml:14 unknown key \"window_day\" in metrics[4]; did you mean \"window_days\"?")]
    [InlineData("from_day: 7, to_day: 14", "from_day: 7, to_day: 7", "experiment.yaml:15 the window of \"back\" ends on day 7, not after day 7, where it begins.")]
    [InlineData("value: amount, probability: 0.5, ", "probability: 0.5, ", "experiment.yaml:14 metrics[4].value is missing.")]
    [InlineData("value: amount, window_days: 7}", "value: amount, cap: 0.9, cap_ignores_zeros: yes, window_days: 7}", "experiment.yaml:11 metrics[1].cap_ignores_zeros \"yes\" is not true or false.")]
    [InlineData("where: {kind: buy}, window_days: 7}", "where: {kind: buy}, value: amount, window_days: 7}", "experiment.yaml:10 unknown key \"value\" in metrics[0]; known: name, kind, source, unit, time, where, delay_days, window_days, goal.")]
    [InlineData("from_day: 7, to_day: 14", "from_day: 7, to_day: 14, value: amount", "experiment.yaml:15 unknown key \"value\" in metrics[5]; known: name, kind, source, unit, time, where, from_day, to_day, goal.")]
    [InlineData("window_days: 7, steps", "value: amount, window_days: 7, steps", "experiment.yaml:16 unknown key \"value\" in metrics[6]; known: name, kind, source, unit, time, where, delay_days, window_days, goal, steps.")]
    [InlineData("covariates:", "trigger: {source: events, time: at_time, value: amount}\ncovariates:", "experiment.yaml:7 unknown key \"value\" in trigger; known: source, unit, time, where.")]
    [InlineData("start: 2026-10-01", "version: 2", "experiment.yaml:3 version is 2; this Touchstone reads version 1.")]
    [InlineData("name: views", "name: spend", "experiment.yaml:10 two metrics are named \"spend\"; name each once.")]
    public void A_definition_at_fault_says_where(string from, string to, string message)
    {
        var fault = Assert.Throws<ConfigurationException>(() => ExperimentSpecYaml.Read(Yaml.Replace(from, to, StringComparison.Ordinal), "experiment.yaml"));
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void What_is_no_number_is_no_value_of_a_quantile()
    {
        var fault = Assert.Throws<SourceException>(() => Read(Yaml, events: Events.Replace("c,view,50,2026-10-10T00:00:00Z", "c,view,n/a,2026-10-03T00:00:00Z", StringComparison.Ordinal)));
        Assert.Equal("events.csv has 1 values in column \"amount\" that are not finite numbers; correct them, or leave the cell empty where there was no event.", fault.Message);
    }

    [Fact]
    public void What_is_no_number_passes_no_bound()
    {
        const string Bounded = """
            control: A
            exposures: {source: exposures, unit: shopper, variant: arm, time: seen}
            metrics:
              - {name: many, kind: proportion, source: events, time: at_time, where: {amount: {at_least: 5}}}
              - {name: few, kind: proportion, source: events, time: at_time, where: {amount: {below: 5}}}
            """;
        var (_, data) = Read(Bounded, "shopper,arm,seen\na,A,2026-10-01T10:00:00Z\nb,B,2026-10-01T10:00:00Z\n", "shopper,amount,at_time\na,n/a,2026-10-02T00:00:00Z\nb,5,2026-10-02T00:00:00Z\n");
        Assert.Equal([0, 1], data.Arms.Select(arm => arm.Mean("many")));
        Assert.Equal([0, 0], data.Arms.Select(arm => arm.Mean("few")));
    }

    [Fact]
    public void A_value_that_is_no_number_names_its_source()
    {
        var fault = Assert.Throws<SourceException>(() => Read(Yaml, events: Events.Replace("c,view,50,2026-10-10T00:00:00Z", "c,buy,n/a,2026-10-03T00:00:00Z", StringComparison.Ordinal)));
        Assert.StartsWith("events.csv has for unit \"c\" a value of \"order value\" that is not a finite number; correct it.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_times_of_covariates_and_triggers_are_counted_too()
    {
        File.WriteAllText(_files["past.csv"], "shopper,amount,at_time\na,5,yesterday\na,5,2026-09-20T00:00:00Z\nx,1,never\n");
        File.WriteAllText(_files["met.csv"], "shopper,at_time\na,2026-10-02T09:00:00Z\nb,\n");
        var (_, data) = Read(Yaml.Replace("{name: spend before, source: events, time: at_time, where: {kind: buy},", "{name: spend before, source: past.csv, time: at_time,", StringComparison.Ordinal) + "\ntrigger: {source: met.csv, time: at_time}\n");
        Assert.Equal((1, 1), (Count(data, "events_without_time:past.csv"), Count(data, "events_without_time:met.csv")));
        Assert.DoesNotContain(data.Hygiene, count => count.Name == "events_before_exposure:past.csv");
    }

    internal static void Check(ExperimentSpec spec, ExperimentMoments data)
    {
        Assert.Equal(["A", "B"], data.Arms.Select(arm => arm.Variant));
        Assert.Equal([2, 2], data.Arms.Select(arm => arm.Count));
        double[] Means(string column) => [.. data.Arms.Select(arm => arm.Mean(column))];
        Assert.Equal([1, 0.5], Means("conversion"));
        Assert.Equal([12.5, 0], Means("spend"));
        Assert.Equal([1.5, 0.5], Means("views"));
        Assert.Equal([10.5, 1000], Means("order value"));
        Assert.Equal([1.5, 0.5], Means("order value denominator"));
        Assert.Equal([0.5, 0.5], Means("back"));
        Assert.Equal([1, 0.5], Means("funnel: view"));
        Assert.Equal([0.5, 0.5], Means("funnel: buy"));
        Assert.Equal([4.5, 0], Means("covariate spend before"));
        Assert.Equal(312.5, data.Arms[0].Variance("spend"));
        Assert.Equal([200.0, 200], data.Quantiles["slow"].Select(quantile => quantile.Value));
        Assert.Equal((9, 1, 1, 1), (Count(data, "exposures"), Count(data, "exposures_without_unit_or_variant"), Count(data, "exposures_outside_period"), Count(data, "units_in_several_arms")));
        Assert.Equal(1, data.Hygiene.Single(count => count.Name.StartsWith("orphan_events:", StringComparison.Ordinal)).Count);
        Assert.Equal(1, data.Hygiene.Single(count => count.Name.StartsWith("events_before_exposure:", StringComparison.Ordinal)).Count);
        Assert.Equal(1, Count(data, "units_with_partial_window"));
        // By day after exposure: a views on day 1, b looks on day 2 and views on day 3, c views on day 1; a buys on day 1, b on day 2.
        Assert.Equal(["conversion", "spend", "views", "order value"], data.Daily.Select(daily => daily.Metric));
        double[] ByDay(string metric, int arm, string suffix = "") => [.. ((string[])["day 1", "day 2", "day 3", "day 4", "early", "late"]).Select(column => data.Daily.Single(daily => daily.Metric == metric).Arms[arm].Mean(column + suffix))];
        Assert.Equal([0.5, 0.5, 0.5, 0, 0.5, 0.25], ByDay("views", 0));
        Assert.Equal([0.5, 0, 0, 0, 0.25, 0], ByDay("views", 1));
        Assert.Equal([0.5, 0.5, 0, 0, 0.5, 0], ByDay("conversion", 0));
        Assert.Equal([10, -2, 0, 0, 4, 0], ByDay("order value", 0));
        Assert.Equal([0.5, 0.5, 0, 0, 0.5, 0], ByDay("order value", 0, " denominator"));
        // a: ½ early, none late; b: ½ early, ½ late.
        Assert.Equal(0.125, data.Daily.Single(daily => daily.Metric == "views").Arms[0].Variance("late"), 1e-12);
        Assert.Equal(0, data.Daily.Single(daily => daily.Metric == "views").Arms[0].Covariance("early", "late"), 1e-12);
        Assert.Equal(0, Count(data, "units_not_seen_on_all_days"));
        Assert.Equal(MetricGoal.Decrease, spec.Metrics.Single(metric => metric.Metric.Name == "slow").Metric.Goal);
    }

    private static long Count(ExperimentMoments data, string name) => data.Hygiene.Single(count => count.Name == name).Count;

    private (ExperimentSpec Spec, ExperimentMoments Data) Read(string yaml, string exposures = Exposures, string events = Events)
    {
        File.WriteAllText(_files["exposures.csv"], exposures);
        File.WriteAllText(_files["events.csv"], events);
        yaml = yaml.Replace("source: exposures", "source: exposures.csv", StringComparison.Ordinal).Replace("source: events", "source: events.csv", StringComparison.Ordinal);
        var spec = ExperimentSpecYaml.Read(yaml, "experiment.yaml");
        return (spec, SpecReader.FromFiles(spec, _files.Folder, QuantileStatistic.Bracket));
    }
}
