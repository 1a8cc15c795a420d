using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Cli.Commands;

/// <summary>Metrics as <c>--metric</c> writes them: <c>name:kind:column[/column]</c>.</summary>
internal static class MetricOption
{
    private const string Form = "write name:kind:column, e.g. visit:proportion:visit, spend:mean:spend, ctr:ratio:clicks/views, slow:quantile@0.9:latency";

    /// <summary>Reads one.</summary>
    /// <exception cref="UsageException">It is none (says the form).</exception>
    public static ExperimentMetric Parse(string text)
    {
        var parts = text.Split(':', 3);
        if (parts.Length < 3 || parts.Any(part => part.Length == 0)) throw new UsageException($"--metric {text} is no metric; {Form}.");
        var (name, kind, column) = (parts[0], parts[1], parts[2]);
        var at = kind.IndexOf('@', StringComparison.Ordinal);
        var word = at < 0 ? kind : kind[..at];
        switch (word)
        {
            case "mean" or "proportion" when at < 0:
                return new ExperimentMetric { Name = name, Kind = word == "mean" ? MetricKind.Mean : MetricKind.Proportion, Column = column };
            case "ratio" when at < 0:
                var bar = column.IndexOf('/', StringComparison.Ordinal);
                if (bar <= 0 || bar == column.Length - 1) throw new UsageException($"--metric {text}: a ratio takes two columns, numerator/denominator; {Form}.");
                return new ExperimentMetric { Name = name, Kind = MetricKind.Ratio, Column = column[..bar], Denominator = column[(bar + 1)..] };
            case "quantile":
                var probability = at < 0 ? 0.5 : Number(kind[(at + 1)..], $"--metric {text}");
                if (probability is not (> 0 and < 1)) throw new UsageException($"--metric {text}: the quantile must lie between 0 and 1, e.g. quantile@0.9.");
                return new ExperimentMetric { Name = name, Kind = MetricKind.Quantile, Column = column, Probability = probability };
            default: throw new UsageException($"--metric {text}: there is no kind \"{kind}\"; known: mean, proportion, ratio, quantile@p; {Form}.");
        }
    }

    /// <summary>Reads <c>name=number</c> pairs, comma-separated.</summary>
    public static SortedDictionary<string, double> Pairs(string? text, string option)
    {
        var pairs = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in ListOption.Of(text))
        {
            var at = part.LastIndexOf('=');
            if (at <= 0) throw new UsageException($"{option} {text}: \"{part}\" is no name=number.");
            if (!pairs.TryAdd(part[..at], Number(part[(at + 1)..], option))) throw new UsageException($"{option} {text}: \"{part[..at]}\" stands twice.");
        }

        return pairs;
    }

    private static double Number(string text, string option) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new UsageException($"{option}: \"{text}\" is no number (decimals with a point).");
}
