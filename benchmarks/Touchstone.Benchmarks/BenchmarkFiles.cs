using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Benchmarks;

/// <summary>Writes what was measured: JSON for programs, Markdown for people.</summary>
internal static class BenchmarkFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string folder, Measured measured, Machine machine, ulong seed, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, measured.Name + ".json"), Json(measured, machine, seed, at).ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, measured.Name + ".md"), Markdown(measured, machine, seed, at));
    }

    public static string Markdown(Measured measured, Machine machine, ulong seed, DateTimeOffset at)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
        Line($"# {measured.Name}");
        Line($"{measured.What}.\n");
        Line($"{at:yyyy-MM-dd}, {machine.Processor}, {machine.Cores} cores, {machine.OperatingSystem}, {machine.Framework}, seed {seed}, load average at the start {machine.LoadAverage:F1}.\n");
        Line($"| what | median, s | repetitions, s | rate |");
        Line($"| --- | ---: | --- | ---: |");
        foreach (var timing in measured.Timings)
            Line($"| {timing.Name} | {timing.Median:F3} | {Join(timing.Seconds, "F3")} | {(double.IsNaN(timing.WorkASecond) ? "" : FormattableString.Invariant($"{timing.WorkASecond:F1} {timing.Unit}"))} |");
        Line($"\n| ratio | median | repetitions | limit |");
        Line($"| --- | ---: | --- | ---: |");
        foreach (var ratio in measured.Ratios)
            Line($"| {ratio.Name} | {ratio.Median:F2} | {Join(ratio.Values, "F2")} | {(double.IsNaN(ratio.Limit) ? "" : ratio.Limit.ToString(CultureInfo.InvariantCulture))} |");
        foreach (var note in measured.Notes) Line($"\n{note}.");
        return text.ToString();
    }

    private static JsonObject Json(Measured measured, Machine machine, ulong seed, DateTimeOffset at) => new()
    {
        ["version"] = 1,
        ["benchmark"] = measured.Name,
        ["what"] = measured.What,
        ["date"] = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["seed"] = seed,
        ["machine"] = new JsonObject
        {
            ["processor"] = machine.Processor,
            ["cores"] = machine.Cores,
            ["operating_system"] = machine.OperatingSystem,
            ["framework"] = machine.Framework,
            ["load_average"] = Number(machine.LoadAverage),
        },
        ["timings"] = new JsonArray([.. measured.Timings.Select(timing => new JsonObject
        {
            ["name"] = timing.Name,
            ["median_seconds"] = timing.Median,
            ["seconds"] = Numbers(timing.Seconds),
            ["rate"] = Number(timing.WorkASecond),
            ["rate_unit"] = timing.Unit,
        })]),
        ["ratios"] = new JsonArray([.. measured.Ratios.Select(ratio => new JsonObject
        {
            ["name"] = ratio.Name,
            ["median"] = ratio.Median,
            ["values"] = Numbers(ratio.Values),
            ["limit"] = Number(ratio.Limit),
        })]),
        ["notes"] = new JsonArray([.. measured.Notes.Select(note => JsonValue.Create(note))]),
    };

    private static JsonArray Numbers(double[] values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);

    private static string Join(double[] values, string format) => string.Join(' ', values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
