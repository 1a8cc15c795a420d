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
        var (file, root) = JudgeYaml.Open(path);
        JudgeYaml.Need(root, file, "kind", "write experiment, off-policy or offline.");
        var kind = root.ChoiceOrNull<EvidenceKind>("kind") ?? EvidenceKind.Offline;
        var users = root.Integer("units", 0, 0);
        var outcomes = root.Map("outcomes");
        var evidence = new VerdictEvidence
        {
            Kind = kind,
            Champion = JudgeYaml.Need(root, file, "champion", "name the model that the challengers are compared with."),
            Metric = JudgeYaml.Need(root, file, "metric", "say what the effect is of, such as revenue a visitor."),
            Challengers = [.. JudgeYaml.Maps(root, file, "challengers").Select(map => Challenger(map, file, users))],
            ChampionStandardError = root.NumberOrNull("champion_standard_error", 0) ?? double.NaN,
            IsFinished = JudgeYaml.Flag(root, file, "finished", true),
            IsValidAtEveryLook = JudgeYaml.Flag(root, file, "sequential", false),
            Days = root.NumberOrNull("days", 0) ?? double.NaN,
            ChallengerShare = root.Number("challenger_share", 0.5, 0.001, 0.999),
            SampleRatioP = root.NumberOrNull("sample_ratio_p", 0, 1) ?? double.NaN,
            ImmatureShare = outcomes.Number("immature_share", 0, 0, 1),
            ReturnWindowDays = outcomes.NumberOrNull("return_window_days", 0) ?? double.NaN,
            Doubts = root.Texts("doubts") ?? [],
        };
        outcomes.Finish();
        root.Finish();
        if (evidence.Challengers.Count == 0) throw new ConfigurationException(file.Name, root.LineNumber, "challengers is missing; write `challengers: [{name: …, effect: {value: …, standard_error: …}}]`.");
        foreach (var challenger in evidence.Challengers)
        {
            if (evidence.ChampionStandardError > challenger.Effect.StandardError)
                throw new ConfigurationException(file.Name, root.Line("champion_standard_error"), $"champion_standard_error is above the standard error of {challenger.Name}'s effect, of which it is a part; check both.");
        }

        return evidence;
    }

    private static ChallengerEvidence Challenger(YamlMap map, YamlFile file, int units)
    {
        var challenger = new ChallengerEvidence
        {
            Name = JudgeYaml.Need(map, file, "name", "name the challenger."),
            Version = map.TextOrNull("model_version"),
            Effect = JudgeYaml.Estimate(map, file, "effect", units, "") ?? throw new ConfigurationException(file.Name, map.LineNumber, "challengers.effect is missing; write {value: …, standard_error: …}."),
            AddedLatencyMs = map.NumberOrNull("added_latency_ms", double.NegativeInfinity) ?? double.NaN,
            Guardrails = [.. JudgeYaml.Maps(map, file, "guardrails").Select(entry => Guardrail(entry, file, units))],
        };
        map.Finish();
        return challenger;
    }

    private static GuardrailEvidence Guardrail(YamlMap map, YamlFile file, int units)
    {
        var guardrail = new GuardrailEvidence(
            JudgeYaml.Need(map, file, "metric", "name what must not get worse."),
            JudgeYaml.Estimate(map, file, "difference", units, "") ?? throw new ConfigurationException(file.Name, map.LineNumber, "guardrails.difference is missing; write {value: …, standard_error: …}."),
            map.NumberOrNull("margin", 0) ?? double.NaN,
            JudgeYaml.IsHigherBetter(map, file));
        map.Finish();
        return guardrail;
    }
}
