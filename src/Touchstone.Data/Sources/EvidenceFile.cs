using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads evidence on challengers (form <c>touchstone.evidence/1</c>, docs/formats.md), YAML or JSON.</summary>
public static class EvidenceFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">A key is unknown, missing or out of bounds (says file, line and remedy).</exception>
    public static VerdictEvidence Read(string path)
    {
        var root = JudgeYaml.Open(path);
        root.Need("kind", "write experiment, off-policy or offline.");
        var kind = root.ChoiceOrNull<EvidenceKind>("kind") ?? EvidenceKind.Offline;
        var users = root.Integer("units", 0, 0);
        var outcomes = root.Map("outcomes");
        var evidence = new VerdictEvidence
        {
            Kind = kind,
            Champion = root.Need("champion", "name the model that the challengers are compared with."),
            Metric = root.Need("metric", "say what the effect is of, such as revenue a visitor."),
            Challengers = [.. root.Maps("challengers").Select(map => Challenger(map, users))],
            ChampionStandardError = root.NumberOrNull("champion_standard_error", 0) ?? double.NaN,
            IsFinished = root.Flag("finished", true),
            IsValidAtEveryLook = root.Flag("sequential", false),
            Days = root.NumberOrNull("days", 0) ?? double.NaN,
            ChallengerShare = root.Number("challenger_share", 0.5, 0.001, 0.999),
            SampleRatioP = root.NumberOrNull("sample_ratio_p", 0, 1) ?? double.NaN,
            ImmatureShare = outcomes.Number("immature_share", 0, 0, 1),
            ReturnWindowDays = outcomes.NumberOrNull("return_window_days", 0) ?? double.NaN,
            Doubts = root.Texts("doubts") ?? [],
        };
        outcomes.Finish();
        root.Finish();
        if (evidence.Challengers.Count == 0) throw root.Missing("challengers", "write `challengers: [{name: …, effect: {value: …, standard_error: …}}]`.");
        foreach (var challenger in evidence.Challengers)
        {
            if (evidence.ChampionStandardError > challenger.Effect.StandardError)
                throw root.Fault("champion_standard_error", $"champion_standard_error is above the standard error of {challenger.Name}'s effect, of which it is a part; check both.");
        }

        return evidence;
    }

    private static ChallengerEvidence Challenger(YamlMap map, int units)
    {
        var challenger = new ChallengerEvidence
        {
            Name = map.Need("name", "name the challenger."),
            Version = map.TextOrNull("model_version"),
            Effect = JudgeYaml.Estimate(map, "effect", units),
            AddedLatencyMs = map.NumberOrNull("added_latency_ms", double.NegativeInfinity) ?? double.NaN,
            Guardrails = [.. map.Maps("guardrails").Select(entry => Guardrail(entry, units))],
        };
        map.Finish();
        return challenger;
    }

    private static GuardrailEvidence Guardrail(YamlMap map, int units)
    {
        var guardrail = new GuardrailEvidence(
            map.Need("metric", "name what must not get worse."),
            JudgeYaml.Estimate(map, "difference", units),
            map.NumberOrNull("margin", 0) ?? double.NaN,
            JudgeYaml.IsHigherBetter(map));
        map.Finish();
        return guardrail;
    }
}
