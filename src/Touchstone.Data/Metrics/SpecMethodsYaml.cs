using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Domain;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Metrics;

/// <summary>Keys of experiment.yaml that choose how it is looked at and resampled: <c>sequential</c>, <c>looks</c>, <c>bootstrap</c>, <c>novelty</c>.</summary>
internal static class SpecMethodsYaml
{
    private const int DefaultReplicates = 2000, DefaultNoveltyDays = 14, NoveltyDaysMax = 90;

    /// <summary>When one looks.</summary>
    public static LookPlan Looks(YamlMap root)
    {
        var (sequential, looks) = (root.Map("sequential"), root.Map("looks"));
        if (root.Has("sequential") && root.Has("looks")) throw root.Fault("looks", "sequential and looks exclude each other: intervals hold at every look, or at a few planned ones.");
        var plan = root.Has("looks") ? Planned(looks) : root.Has("sequential") ? EveryLook(sequential) : new LookPlan();
        sequential.Finish();
        looks.Finish();
        return plan;
    }

    /// <summary>Bootstrap replicates; 0 for none.</summary>
    public static int Replicates(YamlMap root, out Seed seed)
    {
        var map = root.Map("bootstrap");
        seed = new Seed(map.UnsignedInteger("seed", 1));
        var replicates = root.Has("bootstrap") ? map.Integer("replicates", DefaultReplicates, 2) : 0;
        map.Finish();
        return replicates;
    }

    /// <summary>Days of the novelty check; 0 for none.</summary>
    public static int NoveltyDays(YamlMap root)
    {
        if (root.Value("novelty") is not YamlMappingNode) return root.Flag("novelty", false) ? DefaultNoveltyDays : 0;
        var map = root.Map("novelty");
        var days = map.Integer("days", DefaultNoveltyDays, 2, NoveltyDaysMax);
        map.Finish();
        return days;
    }

    private static LookPlan EveryLook(YamlMap map)
    {
        var isMixture = map.Text("method", "confidence-sequence") switch
        {
            "confidence-sequence" => false,
            "msprt" => true,
            var other => throw map.Fault("method", $"method \"{other}\" is not known; write confidence-sequence or msprt."),
        };
        // A key of the other method is unknown here, and so refused.
        return isMixture
            ? new LookPlan { Rule = LookRule.MixtureTest, MixtureLift = map.Number("mixture", LookPlan.DefaultMixtureLift, 1e-9) }
            : new LookPlan { Rule = LookRule.ConfidenceSequence, Tuning = map.Number("tuning", LookPlan.DefaultTuning, 1) };
    }

    private static LookPlan Planned(YamlMap map)
    {
        double[] fractions;
        if (map.Value("planned") is YamlSequenceNode)
        {
            fractions = [.. (map.Texts("planned") ?? []).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : double.NaN)];
            if (LookPlan.Fault(fractions) is { } fault) throw map.Fault("planned", $"planned: {fault}.");
        }
        else
        {
            fractions = LookPlan.EqualFractions(map.IntegerOrNull("planned", 1, LookPlan.LooksMax) ?? throw map.Missing("planned", "write how many looks, or their shares of the planned units, e.g. [0.25, 0.5, 1]."));
        }

        return new LookPlan
        {
            Rule = LookRule.PlannedLooks,
            Fractions = fractions,
            Look = map.IntegerOrNull("look", 1, fractions.Length) ?? throw map.Missing("look", "say which of the planned looks this is, from 1."),
            Spending = map.Text("spending", "obrien-fleming") switch
            {
                "obrien-fleming" => AlphaSpending.OBrienFleming,
                "pocock" => AlphaSpending.Pocock,
                var other => throw map.Fault("spending", $"spending \"{other}\" is not known; write obrien-fleming or pocock."),
            },
        };
    }
}
