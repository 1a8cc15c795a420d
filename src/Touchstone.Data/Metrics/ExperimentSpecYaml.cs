using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Metrics;

/// <summary>Reads experiment.yaml (version 1). Unknown keys, wrong types and values out of bounds are errors with file and line.</summary>
public static class ExperimentSpecYaml
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">Something in it is at fault (says file, line and remedy).</exception>
    public static ExperimentSpec Load(string path) => Read(JudgeYaml.Open(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="ConfigurationException">Something in it is at fault (says file, line and remedy).</exception>
    public static ExperimentSpec Read(string yaml, string path) => Read(JudgeYaml.Read(yaml, path), path);

    private static ExperimentSpec Read(YamlMap root, string path)
    {
        var exposures = root.NeedMap("exposures");
        var source = Source(exposures, null);
        var zone = root.Text("time_zone", "UTC");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var timeZone)) throw root.Fault("time_zone", $"time_zone \"{zone}\" is not known; write an IANA name such as Europe/Berlin.");
        var spec = new ExperimentSpec
        {
            Name = root.Text("experiment", Path.GetFileNameWithoutExtension(path)),
            Control = root.Need("control"),
            Weights = Weights(root.Map("weights")),
            Alpha = root.Number("alpha", 0.05, 1e-9, 0.5),
            Looks = SpecMethodsYaml.Looks(root),
            Replicates = SpecMethodsYaml.Replicates(root, out var seed),
            Seed = seed,
            NoveltyDays = SpecMethodsYaml.NoveltyDays(root),
            Exposures = source,
            ExposedWhere = Filters(exposures),
            Variant = exposures.Need("variant"),
            Segment = exposures.TextOrNull("segment"),
            Trigger = root.Has("trigger") ? Whole(root.Map("trigger"), source, hasValue: false) : null,
            FromDay = root.Number("from_day", 0, 0),
            TimeZone = zone,
            Start = Moment(root, "start", timeZone),
            End = Moment(root, "end", timeZone),
            RecordedUntil = Moment(root, "recorded_until", timeZone),
            LeavesOutPartialWindows = root.Text("partial_windows", "keep") switch
            {
                "keep" => false,
                "leave_out" => true,
                var other => throw root.Fault("partial_windows", $"partial_windows \"{other}\" is not known; write keep or leave_out."),
            },
            Metrics = [.. root.Maps("metrics", isNumbered: true).SelectMany(map => Metric(map, source))],
            Covariates = [.. root.Maps("covariates", isNumbered: true).Select(map => Covariate(map, source))],
        };
        exposures.Finish();
        root.Finish();
        if (spec.Metrics.Count == 0) throw root.Fault("metrics", "metrics is empty; define at least one, e.g. `- {name: conversion, kind: proportion, source: orders.csv, time: time}`.");
        foreach (var name in spec.Metrics.GroupBy(metric => metric.Metric.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
            throw root.Fault("metrics", $"two metrics are named \"{name}\"; name each once.");
        if (spec.Replicates > 0 && spec.Metrics.All(metric => metric.Metric.Kind == MetricKind.Quantile)) throw root.Fault("bootstrap", "bootstrap draws units, and quantiles are over rows: leave bootstrap out, or add another metric.");
        if (spec.NoveltyDays > 0 && !spec.Metrics.Any(metric => metric.HasDays)) throw root.Fault("novelty", "novelty looks at means, proportions and ratios day by day, and there is none among the metrics: leave novelty out, or add one.");
        return spec;
    }

    private static SpecMetric[] Metric(YamlMap map, SpecSource exposures)
    {
        var (name, kind) = (map.Need("name"), map.Need("kind"));
        // What is counted by units or by rows takes no value: one that stands there is an unknown key.
        var events = Events(map, exposures, hasValue: kind is "mean" or "ratio" or "quantile");
        var from = map.Number(kind == "retention" ? "from_day" : "delay_days", 0, 0);
        var window = map.NumberOrNull(kind == "retention" ? "to_day" : "window_days", 0) ?? double.NaN;
        if (window <= from) throw map.Fault($"the window of \"{name}\" ends on day {Text(window)}, not after day {Text(from)}, where it begins.");
        if (kind == "retention" && double.IsNaN(window)) throw map.Missing("to_day");
        var plain = new ExperimentMetric
        {
            Name = name,
            Kind = MetricKind.Mean,
            Column = name,
            CapQuantile = kind == "mean" ? map.NumberOrNull("cap", 0.5, 1) ?? double.NaN : double.NaN,
            CapIgnoresZeros = kind == "mean" && map.Flag("cap_ignores_zeros", false),
            Goal = map.Text("goal", "increase") switch
            {
                "increase" => MetricGoal.Increase,
                "decrease" => MetricGoal.Decrease,
                var other => throw map.Fault("goal", $"goal \"{other}\" is not known; write increase or decrease."),
            },
        };
        SpecMetric Of(MetricKind as_, string? column = null) => new() { Metric = plain with { Kind = as_, Column = column ?? name }, Events = events, IsRetention = kind == "retention", FromDay = from, WindowDays = window };
        SpecMetric[] metrics;
        switch (kind)
        {
            case "mean": metrics = [Of(MetricKind.Mean)]; break;
            case "proportion" or "retention": metrics = [Of(MetricKind.Proportion)]; break;
            case "ratio":
                var denominator = map.NeedMap("denominator");
                metrics = [Of(MetricKind.Ratio) with { Metric = plain with { Kind = MetricKind.Ratio, Denominator = name }, Denominator = Whole(denominator, events.From, hasValue: true) }];
                break;
            case "quantile":
                if (events.Value is null) throw map.Missing("value");
                metrics = [Of(MetricKind.Quantile) with { Metric = plain with { Kind = MetricKind.Quantile, Probability = map.Number("probability", 0.5, 1e-6, 1 - 1e-6) } }];
                break;
            case "funnel":
                var steps = map.Maps("steps", isNumbered: true).Select(step => (Name: step.Need("name"), Where: Filters(step), Map: step)).ToList();
                foreach (var step in steps) step.Map.Finish();
                if (steps.Count == 0) throw map.Missing("steps");
                metrics = [.. steps.Select((step, i) => new SpecMetric
                {
                    Metric = plain with { Name = $"{name}: {step.Name}", Kind = MetricKind.Proportion, Column = $"{name}: {step.Name}" },
                    Events = events,
                    Steps = [.. steps.Take(i + 1).Select(taken => taken.Where)],
                    FromDay = from,
                    WindowDays = window,
                })];
                break;
            default:
                throw map.Fault("kind", $"kind \"{kind}\" is not known; write proportion, mean, ratio, quantile, retention or funnel.");
        }

        map.Finish();
        return metrics;
    }

    private static SpecCovariate Covariate(YamlMap map, SpecSource exposures)
    {
        var covariate = new SpecCovariate(map.Need("name"), Events(map, exposures, hasValue: true), map.Number("days_before", 28, 1e-6));
        map.Finish();
        return covariate;
    }

    private static SpecEvents Events(YamlMap map, SpecSource context, bool hasValue) =>
        new(Source(map, context), Filters(map), hasValue ? map.TextOrNull("value") : null);

    /// <summary>Rows that count where the map holds nothing else.</summary>
    private static SpecEvents Whole(YamlMap map, SpecSource context, bool hasValue)
    {
        var events = Events(map, context, hasValue);
        map.Finish();
        return events;
    }

    /// <summary>Source, unit and time; those of the context where they are not stated.</summary>
    private static SpecSource Source(YamlMap map, SpecSource? context) => new(
        map.TextOrNull("source") ?? context?.Source ?? throw map.Missing("source"),
        map.TextOrNull("unit") ?? context?.Unit ?? throw map.Missing("unit"),
        map.TextOrNull("time") ?? context?.Time ?? throw map.Missing("time"));

    private static SpecFilter[] Filters(YamlMap map)
    {
        var where = map.Map("where");
        List<SpecFilter> filters = [];
        foreach (var (column, _) in where.Keys.ToList())
        {
            if (where.Value(column) is YamlMappingNode)
            {
                var bounds = where.Map(column);
                filters.Add(new SpecFilter(column, [], bounds.NumberOrNull("at_least", double.NegativeInfinity) ?? double.NaN, bounds.NumberOrNull("below", double.NegativeInfinity) ?? double.NaN));
                bounds.Finish();
            }
            else
            {
                filters.Add(new SpecFilter(column, where.Texts(column) ?? throw where.Fault($"where.{column} is empty; write a value, a list, or {{at_least: 0, below: 10}}.")));
            }
        }

        return [.. filters];
    }

    private static SortedDictionary<string, double> Weights(YamlMap map)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, _) in map.Keys.ToList()) weights[name] = map.Number(name, 0, 0);
        return weights;
    }

    private static double? Moment(YamlMap root, string key, TimeZoneInfo zone)
    {
        if (root.TextOrNull(key) is not { } text) return null;
        if (!TextTime.TryIso(text, out var written)) throw root.Fault(key, $"{key} \"{text}\" is not a time; write it as 2026-03-31 or 2026-03-31T08:00:00+02:00.");
        var offset = written.OffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : zone.GetUtcOffset(written.Local);
        return (written.Local - DateTime.UnixEpoch - offset).TotalSeconds;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
