using System.Globalization;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Keeps a result with all its per-shopper values between stages: a safetensors file of [case] columns (so that any tool reads them)
/// whose metadata holds protocol, figures and times.
/// </summary>
internal static class RankingResultFile
{
    /// <summary>Writes a result. Units stand once beside the results of all models (<c>units.json</c>).</summary>
    public static void Write(string path, RankingResult result)
    {
        List<NamedTensor> tensors =
        [
            NamedTensor.Of("target_ranks", result.TargetRanks),
            NamedTensor.Of("purchases_judged", result.PurchasesJudged),
            NamedTensor.Of("purchases_with_revenue", result.PurchasesWithRevenue),
            NamedTensor.Of("purchases_with_margin", result.PurchasesWithMargin),
            NamedTensor.Of("revenues_judged", result.RevenuesJudged),
            NamedTensor.Of("margins_judged", result.MarginsJudged),
            NamedTensor.Of("rr", result.ReciprocalRanks),
            NamedTensor.Of("is_tied", Array.ConvertAll(result.IsTied, tied => tied ? (byte)1 : (byte)0)),
            NamedTensor.Of("slates", result.Slates, result.Count, RankingResult.SlateLength),
        ];
        foreach (var (name, columns) in Columns(result))
        {
            for (var i = 0; i < columns.Length; i++)
                tensors.Add(NamedTensor.Of(string.Create(CultureInfo.InvariantCulture, $"{name}@{result.Protocol.CutOffs[i]}"), columns[i]));
        }

        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "touchstone.ranking-result/1",
            ["model"] = result.Model,
            ["split"] = result.Protocol.Split,
            ["sampled_negatives"] = result.Protocol.SampledNegatives.ToString(CultureInfo.InvariantCulture),
            ["seed"] = result.Protocol.Seed.Value.ToString(CultureInfo.InvariantCulture),
            ["cut_offs"] = string.Join(',', result.Protocol.CutOffs),
            ["figures"] = JsonSerializer.Serialize(result.Figures, StageJson.Options),
            ["rank_milliseconds"] = JsonSerializer.Serialize(result.RankMilliseconds, StageJson.Options),
            ["repeat_count"] = result.RepeatCount.ToString(CultureInfo.InvariantCulture),
        };
        Safetensors.Write(path + ".tmp", tensors, metadata);
        File.Move(path + ".tmp", path, true);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RankingResult Read(string path, string[] units)
    {
        var file = Safetensors.Read(path);
        var cutOffs = file.Metadata["cut_offs"].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        double[][] Of(string name) => file.Find($"{name}@{cutOffs[0]}") is null ? []
            : [.. cutOffs.Select(k => file[string.Create(CultureInfo.InvariantCulture, $"{name}@{k}")].Doubles().ToArray())];
        return new RankingResult
        {
            Model = file.Metadata["model"],
            Protocol = new RankingProtocol
            {
                Split = file.Metadata["split"],
                SampledNegatives = int.Parse(file.Metadata["sampled_negatives"], CultureInfo.InvariantCulture),
                Seed = new Seed(ulong.Parse(file.Metadata["seed"], CultureInfo.InvariantCulture)),
                CutOffs = cutOffs,
            },
            Units = units,
            TargetRanks = file["target_ranks"].Int32s().ToArray(),
            PurchasesJudged = file["purchases_judged"].Doubles().ToArray(),
            PurchasesWithRevenue = file["purchases_with_revenue"].Doubles().ToArray(),
            PurchasesWithMargin = file["purchases_with_margin"].Doubles().ToArray(),
            RevenuesJudged = file["revenues_judged"].Doubles().ToArray(),
            MarginsJudged = file["margins_judged"].Doubles().ToArray(),
            Hits = Of("hr"),
            Ndcgs = Of("ndcg"),
            Recalls = Of("recall"),
            RevenuesCaptured = Of("revenue"),
            MarginsCaptured = Of("margin"),
            ReciprocalRanks = file["rr"].Doubles().ToArray(),
            IsTied = Array.ConvertAll(file["is_tied"].Bytes.ToArray(), tied => tied == 1),
            Slates = file["slates"].Int32s().ToArray(),
            Figures = JsonSerializer.Deserialize<List<NamedFigure>>(file.Metadata["figures"], StageJson.Options) ?? [],
            RankMilliseconds = JsonSerializer.Deserialize<RankTimes>(file.Metadata["rank_milliseconds"], StageJson.Options) ?? new RankTimes(double.NaN, double.NaN, double.NaN, 0),
            RepeatCount = int.Parse(file.Metadata["repeat_count"], CultureInfo.InvariantCulture),
        };
    }

    private static IEnumerable<(string Name, double[][] Columns)> Columns(RankingResult result) =>
    [
        ("hr", result.Hits),
        ("ndcg", result.Ndcgs),
        ("recall", result.Recalls),
        ("revenue", result.RevenuesCaptured),
        ("margin", result.MarginsCaptured),
    ];
}
