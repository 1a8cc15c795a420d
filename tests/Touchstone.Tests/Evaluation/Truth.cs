using System.Globalization;
using System.Text.Json;

namespace Touchstone.Tests.Evaluation;

/// <summary>Known answers as JSON.</summary>
internal static class Truth
{
    internal static IEnumerable<JsonElement> Cases(string folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Folder("truth", folder), file)));
        JsonElement[] cases = [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(element => element.Clone())];
        Assert.NotEmpty(cases);
        Assert.Equal(document.RootElement.GetProperty("count").GetInt32(), cases.Length);
        return cases;
    }

    internal static double Number(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString() ?? "", CultureInfo.InvariantCulture)
        : element.GetDouble();

    internal static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Math.Max(tolerance, tolerance * Math.Abs(expected)), $"{what}: expected {expected:R}, got {actual:R}");
}
