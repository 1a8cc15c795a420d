using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Domain;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Metrics;

/// <summary>Reads experiment.yaml (version 1). Unknown keys, wrong types and values out of bounds are errors with file and line.</summary>
public static class ExperimentSpecYaml
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">Something in it is at fault (says file, line and remedy), or it is not there.</exception>
    public static ExperimentSpec Load(string path)
    {
        if (!File.Exists(path)) throw new ConfigurationException(path, 0, "is not there.");
        return Read(File.ReadAllText(path), path);
    }

    /// <summary>Reads a text.</summary>
    public static ExperimentSpec Read(string yaml, string path)
    {
        var file = new YamlFile(Path.GetFileName(path), Environment.GetEnvironmentVariable);
        var root = file.Root(yaml);
        if (root.Integer("version", 1, 1) is > 1 and var version) throw new ConfigurationException(file.Name, root.Line("version"), $"version is {version}; this Touchstone reads version 1.");
        var exposures = Required(root, "exposures", file);
        var source = Source(exposures, null, file);
        var zone = root.Text("time_zone", "UTC");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var timeZone)) throw new ConfigurationException(file.Name, root.Line("time_zone"), $"time_zone \"{zone}\" is not known; write an IANA name such as Europe/Berlin.");
        var sequential = root.Map("sequential");
        var spec = new ExperimentSpec
        {
            Name = root.Text("experiment", Path.GetFileNameWithoutExtension(path)),
            Control = root.TextOrNull("control") ?? throw Missing(file, root, "control"),
            Weights = Weights(root.Map("weights"), file),
            Alpha = root.Number("alpha", 0.05, 1e-9, 0.5),
            SequentialTuning = root.Has("sequential") ? sequential.Number("tuning", 5000, 1) : double.NaN,
            Exposures = source,
            Variant = exposures.TextOrNull("variant") ?? throw Missing(file, exposures, "variant"),
            Segment = exposures.TextOrNull("segment"),
            Trigger = root.Has("trigger") ? Events(root.Map("trigger"), source, file) : null,
            FromDay = root.Number("from_day", 0, 0),
            TimeZone = zone,
            Start = Moment(root, "start", timeZone, file),
            End = Moment(root, "end", timeZone, file),
            RecordedUntil = Moment(root, "recorded_until", timeZone, file),
            LeavesOutPartialWindows = root.Text("partial_windows", "keep") switch
            {
                "keep" => false,
                "leave_out" => true,
                var other => throw new ConfigurationException(file.Name, root.Line("partial_windows"), $"partial_windows \"{other}\" is not known; write keep or leave_out."),
            },
            Metrics = [.. Maps(root, "metrics", file).SelectMany(map => Metric(map, source, file))],
            Covariates = [.. Maps(root, "covariates", file).Select(map => Covariate(map, source, file))],
        };
        sequential.Finish();
        exposures.Finish();
        root.Finish();
        if (spec.Metrics.Count == 0) throw new ConfigurationException(file.Name, root.Line("metrics"), "metrics is empty; define at least one, e.g. `- {name: conversion, kind: proportion, source: orders.csv, time: time}`.");
        foreach (var name in spec.Metrics.GroupBy(metric => metric.Metric.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
            throw new ConfigurationException(file.Name, root.Line("metrics"), $"two metrics are named \"{name}\"; name each once.");
        return spec;
    }

    private static SpecMetric[] Metric(YamlMap map, SpecSource exposures, YamlFile file)
    {
        var name = map.TextOrNull("name") ?? throw Missing(file, map, "name");
        var kind = map.TextOrNull("kind") ?? throw Missing(file, map, "kind");
        var events = Events(map, exposures, file, false);
        var from = map.Number(kind == "retention" ? "from_day" : "delay_days", 0, 0);
        var window = map.NumberOrNull(kind == "retention" ? "to_day" : "window_days", 0) ?? double.NaN;
        if (window <= from) throw new ConfigurationException(file.Name, map.LineNumber, $"the window of \"{name}\" ends on day {Text(window)}, not after day {Text(from)}, where it begins.");
        if (kind == "retention" && double.IsNaN(window)) throw Missing(file, map, "to_day");
        var plain = new ExperimentMetric
        {
            Name = name,
            Kind = MetricKind.Mean,
            Column = name,
            CapQuantile = kind == "mean" ? map.NumberOrNull("cap", 0.5, 1) ?? double.NaN : double.NaN,
            CapIgnoresZeros = kind == "mean" && map.Text("cap_ignores_zeros", "false") == "true",
            Goal = map.Text("goal", "increase") switch
            {
                "increase" => MetricGoal.Increase,
                "decrease" => MetricGoal.Decrease,
                var other => throw new ConfigurationException(file.Name, map.Line("goal"), $"goal \"{other}\" is not known; write increase or decrease."),
            },
        };
        SpecMetric Of(MetricKind as_, string? column = null) => new() { Metric = plain with { Kind = as_, Column = column ?? name }, Events = events, FromDay = from, WindowDays = window };
        SpecMetric[] metrics;
        switch (kind)
        {
            case "mean": metrics = [Of(MetricKind.Mean)]; break;
            case "proportion" or "retention": metrics = [Of(MetricKind.Proportion)]; break;
            case "ratio":
                var denominator = Required(map, "denominator", file);
                metrics = [Of(MetricKind.Ratio) with { Metric = plain with { Kind = MetricKind.Ratio, Denominator = name }, Denominator = Events(denominator, events.From, file) }];
                break;
            case "quantile":
                if (events.Value is null) throw Missing(file, map, "value");
                metrics = [Of(MetricKind.Quantile) with { Metric = plain with { Kind = MetricKind.Quantile, Probability = map.Number("probability", 0.5, 1e-6, 1 - 1e-6) } }];
                break;
            case "funnel":
                var steps = Maps(map, "steps", file).Select(step => (Name: step.TextOrNull("name") ?? throw Missing(file, step, "name"), Where: Filters(step, file), Map: step)).ToList();
                foreach (var step in steps) step.Map.Finish();
                if (steps.Count == 0) throw Missing(file, map, "steps");
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
                throw new ConfigurationException(file.Name, map.Line("kind"), $"kind \"{kind}\" is not known; write proportion, mean, ratio, quantile, retention or funnel.");
        }

        map.Finish();
        return metrics;
    }

    private static SpecCovariate Covariate(YamlMap map, SpecSource exposures, YamlFile file)
    {
        var covariate = new SpecCovariate(map.TextOrNull("name") ?? throw Missing(file, map, "name"), Events(map, exposures, file, false), map.Number("days_before", 28, 1e-6));
        map.Finish();
        return covariate;
    }

    private static SpecEvents Events(YamlMap map, SpecSource context, YamlFile file, bool finish = true)
    {
        var events = new SpecEvents(Source(map, context, file), Filters(map, file), map.TextOrNull("value"));
        if (finish) map.Finish();
        return events;
    }

    /// <summary>Source, unit and time; unit and time of the context where they are not stated.</summary>
    private static SpecSource Source(YamlMap map, SpecSource? context, YamlFile file) => new(
        map.TextOrNull("source") ?? context?.Source ?? throw Missing(file, map, "source"),
        map.TextOrNull("unit") ?? context?.Unit ?? throw Missing(file, map, "unit"),
        map.TextOrNull("time") ?? context?.Time ?? throw Missing(file, map, "time"));

    private static SpecFilter[] Filters(YamlMap map, YamlFile file)
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
                filters.Add(new SpecFilter(column, where.Texts(column) ?? throw new ConfigurationException(file.Name, where.LineNumber, $"where.{column} is empty; write a value, a list, or {{at_least: 0, below: 10}}.")));
            }
        }

        return [.. filters];
    }

    private static SortedDictionary<string, double> Weights(YamlMap map, YamlFile file)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, _) in map.Keys.ToList()) weights[name] = map.Number(name, 0, 0);
        _ = file;
        return weights;
    }

    private static IEnumerable<YamlMap> Maps(YamlMap root, string key, YamlFile file) => root.Value(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children.Select((item, i) => item is YamlMappingNode map
            ? new YamlMap(map, file, $"{root.Full(key)}[{i.ToString(CultureInfo.InvariantCulture)}]", map.Start.Line)
            : throw file.Fault(item, $"{root.Full(key)}[{i.ToString(CultureInfo.InvariantCulture)}] must be a map.")),
        var other => throw file.Fault(other, $"{root.Full(key)} must be a list of maps."),
    };

    private static double? Moment(YamlMap root, string key, TimeZoneInfo zone, YamlFile file)
    {
        if (root.TextOrNull(key) is not { } text) return null;
        if (!Sources.TextTime.TryIso(text, out var written)) throw new ConfigurationException(file.Name, root.Line(key), $"{key} \"{text}\" is not a time; write it as 2026-03-31 or 2026-03-31T08:00:00+02:00.");
        var offset = written.OffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : zone.GetUtcOffset(written.Local);
        return (written.Local - DateTime.UnixEpoch - offset).TotalSeconds;
    }

    private static YamlMap Required(YamlMap map, string key, YamlFile file) => map.Has(key) ? map.Map(key) : throw Missing(file, map, key);

    private static ConfigurationException Missing(YamlFile file, YamlMap map, string key) => new(file.Name, map.LineNumber, $"{map.Full(key)} is missing.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
