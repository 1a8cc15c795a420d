using System.Text.Json;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Weights of indicators as a file states them.</summary>
/// <param name="Weights">Name → weight; empty where comparisons are stated.</param>
/// <param name="Comparisons">Comparisons in pairs: the first weighs so many times the second.</param>
public sealed record StatedWeights(IReadOnlyDictionary<string, double> Weights, IReadOnlyList<(string First, string Second, double Times)> Comparisons);

/// <summary>Reads weights of indicators (form <c>touchstone.indicator-weights/1</c>) and earlier results of <c>touchstone indicators</c>.</summary>
public static class IndicatorFiles
{
    // As many as consistency ratios are known for (Saaty 1980).
    private const int ComparedMax = 15;

    /// <summary>Reads weights: <c>weights: {name: number}</c>, or <c>comparisons: [{more: a, less: b, times: 3}]</c>.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">A key is unknown, missing or out of bounds.</exception>
    public static StatedWeights ReadWeights(string path)
    {
        var root = JudgeYaml.Open(path);
        var map = root.Map("weights");
        SortedDictionary<string, double> weights = new(StringComparer.Ordinal);
        foreach (var (key, _) in map.Keys) weights.Add(key, map.Number(key, 0, 0));
        List<(string, string, double)> comparisons = [];
        SortedSet<string> compared = new(StringComparer.Ordinal);
        foreach (var entry in root.Maps("comparisons"))
        {
            var (more, less) = (entry.Need("more", "name the indicator that weighs more."), entry.Need("less", "name the indicator that weighs less."));
            comparisons.Add((more, less, entry.NeedNumber("times", 1, "write how many times, 1 to 9.", 9)));
            entry.Finish();
            compared.UnionWith([more, less]);
            if (compared.Count > ComparedMax) throw entry.Fault($"comparisons are of more than {ComparedMax} indicators; compare {ComparedMax} at most, or write weights: {{name: number}}.");
        }

        root.Finish();
        return (weights.Count > 0) != (comparisons.Count > 0)
            ? new StatedWeights(weights, comparisons)
            : throw root.Fault("needs either weights: {name: number} or comparisons: [{more: a, less: b, times: 3}].");
    }

    /// <summary>Figures of an earlier <c>touchstone indicators --format json</c>: name → value and standard error (NaN where unknown).</summary>
    /// <exception cref="SourceException">It is not there, or of another form.</exception>
    public static IReadOnlyDictionary<string, (double Value, double StandardError)> ReadReference(string path)
    {
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("format", out var format) || format.GetString() != "touchstone.indicators/1")
                throw new SourceException(path, 0, "is no result of touchstone indicators; write one with --format json.");
            Dictionary<string, (double Value, double StandardError)> figures = new(StringComparer.Ordinal);
            foreach (var entry in json.RootElement.GetProperty("indicators").EnumerateArray())
            {
                var (name, figure) = (entry.GetProperty("name").GetString() ?? "", entry.GetProperty("figure"));
                if (figure.ValueKind == JsonValueKind.Object && !figures.TryAdd(name, (Number(figure.GetProperty("value")), Number(figure.GetProperty("standard_error")))))
                    throw new SourceException(path, 0, $"has the indicator \"{name}\" twice; keep one of them, or write the file again.");
            }

            return figures;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SourceException(path, 0, $"cannot be read as a result of touchstone indicators: {fault.Message}", fault);
        }

        static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN;
    }
}
