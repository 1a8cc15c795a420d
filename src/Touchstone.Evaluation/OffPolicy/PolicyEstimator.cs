using System.Globalization;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>What an estimator does to an importance weight w.</summary>
public enum WeightRule
{
    /// <summary>w.</summary>
    Plain,

    /// <summary>0: the reward model alone.</summary>
    None,

    /// <summary>min(w, λ).</summary>
    Clipped,

    /// <summary>w / (1 − λ + λw).</summary>
    Subgaussian,

    /// <summary>w where w ≤ λ, else 0.</summary>
    Switched,

    /// <summary>λw / (w² + λ).</summary>
    Shrunken,
}

/// <summary>
/// An estimator of a policy's value. With W the weight under its rule, r the reward and q, D what a reward model expects of the logged action and
/// under the judged policy: mean of W r, or with a model mean of D + W (r − q); self-normalised: ΣWr/ΣW, or mean D + ΣW(r − q)/ΣW.
/// </summary>
/// <param name="Name">Name as it is asked for: <c>ips</c>, <c>clipped_ips:5</c>.</param>
/// <param name="Rule">What becomes of the weight.</param>
/// <param name="Parameter">λ; NaN where the rule has none, or where it is chosen from the data.</param>
/// <param name="UsesModel">Whether a reward model is needed.</param>
/// <param name="IsSelfNormalised">Whether the weights are divided by their mean.</param>
/// <param name="UsesCategories">Whether w is the weight of the action's category (MIPS).</param>
public sealed record PolicyEstimator(string Name, WeightRule Rule, double Parameter, bool UsesModel, bool IsSelfNormalised, bool UsesCategories)
{
    private static readonly (string Name, string[] Also, WeightRule Rule, bool UsesModel, bool IsSelfNormalised, bool UsesCategories)[] s_known =
    [
        ("ips", ["ipw"], WeightRule.Plain, false, false, false),
        ("snips", ["snipw"], WeightRule.Plain, false, true, false),
        ("clipped_ips", ["clipped", "cips"], WeightRule.Clipped, false, false, false),
        ("subgaussian_ips", ["subgaussian"], WeightRule.Subgaussian, false, false, false),
        ("dm", ["directmethod"], WeightRule.None, true, false, false),
        ("dr", ["doublyrobust"], WeightRule.Plain, true, false, false),
        ("sndr", [], WeightRule.Plain, true, true, false),
        ("clipped_dr", [], WeightRule.Clipped, true, false, false),
        ("subgaussian_dr", [], WeightRule.Subgaussian, true, false, false),
        ("switch_dr", ["switch"], WeightRule.Switched, true, false, false),
        ("dros", ["dr_os"], WeightRule.Shrunken, true, false, false),
        ("mips", [], WeightRule.Plain, false, false, true),
        ("snmips", [], WeightRule.Plain, false, true, true),
    ];

    /// <summary>Names that are known.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_known.Select(known => known.Name)];

    /// <summary>Whether weights are shrunk, or there are none: such an estimate is off by something that no interval of its own holds.</summary>
    public bool IsBiased => Rule != WeightRule.Plain;

    /// <summary>Whether λ is still to be chosen from the data.</summary>
    public bool IsTunable => double.IsNaN(Parameter) && Rule is not (WeightRule.Plain or WeightRule.None);

    /// <summary>
    /// Reads a name: <c>ips</c>, <c>snips</c>, <c>dm</c>, <c>dr</c>, <c>sndr</c>, <c>mips</c>, <c>snmips</c>, and with λ behind a colon <c>clipped_ips</c>, <c>clipped_dr</c>,
    /// <c>switch_dr</c>, <c>dros</c>, <c>subgaussian_ips</c>, <c>subgaussian_dr</c>; without λ, or with <c>auto</c>, SLOPE chooses it.
    /// </summary>
    /// <exception cref="ArgumentException">An unknown name, or a λ out of range.</exception>
    public static PolicyEstimator Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split(':', 2, StringSplitOptions.TrimEntries);
        var plain = Plain(parts[0]);
        var at = Array.FindIndex(s_known, known => Plain(known.Name) == plain || known.Also.Any(also => Plain(also) == plain));
        if (at < 0) throw new ArgumentException($"There is no estimator \"{name}\"; known: {string.Join(", ", Names)} (λ behind a colon: clipped_ips:5).", nameof(name));
        var known = s_known[at];
        var hasParameter = known.Rule is not (WeightRule.Plain or WeightRule.None);
        var isStated = parts.Length == 2 && parts[1] != "auto";
        if (isStated && !hasParameter) throw new ArgumentException($"{known.Name} has no parameter; write {known.Name}.", nameof(name));
        var parameter = double.NaN;
        if (isStated && !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out parameter))
            throw new ArgumentException($"{known.Name}: \"{parts[1]}\" is no number; write {known.Name}:5, or {known.Name}:auto.", nameof(name));
        if (isStated && !(parameter >= 0)) throw new ArgumentException($"{known.Name}: λ = {parts[1]}; expected 0 or more.", nameof(name));
        if (isStated && known.Rule == WeightRule.Subgaussian && parameter > 1) throw new ArgumentException($"{known.Name}: λ = {parts[1]}; expected [0, 1].", nameof(name));
        var full = !hasParameter ? known.Name : isStated ? known.Name + ":" + parameter.ToString("R", CultureInfo.InvariantCulture) : known.Name + ":auto";
        return new PolicyEstimator(full, known.Rule, parameter, known.UsesModel, known.IsSelfNormalised, known.UsesCategories);
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
}
