using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Uplift;

/// <summary>What a contact brings and costs.</summary>
/// <param name="Margin">Money an outcome's unit brings: the margin rate where the outcome is revenue.</param>
/// <param name="ContactCost">Cost of one contact, at least 0.</param>
/// <param name="Currency">Currency; empty where none is stated.</param>
public sealed record ContactTerms(double Margin, double ContactCost, string Currency);

/// <summary>Whom to contact: learns uplift, judges its order, and values the rules of contacting on units that the models did not learn from.</summary>
public static class UpliftJudge
{
    private const int Groups = 5;

    /// <summary>Judges one treatment against control.</summary>
    /// <param name="all">Two arms, control first.</param>
    /// <param name="terms">What a contact brings and costs.</param>
    /// <param name="options">How units are resampled; predictions stay as they are, so the intervals are those of judging, not of learning.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    public static UpliftResult Judge(UpliftTable all, ContactTerms terms, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(options);
        var fitted = TwoModelLearner.Fit(all, options.Seed, cancellationToken);
        var table = all.Rows(fitted.Rows);
        var uplifts = fitted.Uplifts();
        bool[] isTreated = [.. table.Arm.Select(arm => arm == 1)];
        var (order, isEnd) = UpliftCurve.Sort(uplifts);
        bool[] targeted = [.. uplifts.Select(uplift => (uplift * terms.Margin) - terms.ContactCost > 0)];
        (string Name, bool[] Contacted)[] rules =
        [
            ("by uplift", targeted),
            ("all", [.. targeted.Select(_ => true)]),
            ("none", new bool[targeted.Length]),
            // As many as by uplift, in the order that a model of response alone gives; ties by unit.
            ("likeliest responders", Likeliest(fitted.Treated, targeted.Count(contacted => contacted))),
        ];
        var sample = Statistics(table, terms, order, isEnd, isTreated, rules, []);
        var replicates = Enumerable.Range(0, sample.Length).Select(_ => new double[options.Replicates]).ToArray();
        Parallel.For(0, options.Replicates, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellationToken }, replicate =>
        {
            var counts = new int[isTreated.Length];
            PairedBootstrap.DrawCounts(options.Seed.For("uplift/bootstrap", replicate).NewRandom(), counts);
            var figures = Statistics(table, terms, order, isEnd, isTreated, rules, counts);
            for (var i = 0; i < figures.Length; i++) replicates[i][replicate] = figures[i];
        });
        var (control, treatment) = Arms(all, Enumerable.Range(0, all.Arm.Length));
        Estimate Of(int at, string unit) => ReplicateEstimate.Percentile(sample[at], replicates[at], options.Level, isTreated.Length, unit);
        Estimate Difference(int left, int right, double scale, string unit) => ReplicateEstimate.Percentile(
            sample[left] - (scale * sample[right]), [.. replicates[left].Zip(replicates[right], (l, r) => l - (scale * r))], options.Level, isTreated.Length, unit);
        return new UpliftResult
        {
            Treatment = table.Arms[1],
            Control = table.Arms[0],
            Counts = ((int)treatment.Count, (int)control.Count),
            JudgedCount = isTreated.Length,
            Means = (treatment.Mean, control.Mean),
            Auuc = Of(0, "outcome a unit"),
            Qini = Of(1, "outcome a treated unit"),
            Effect = Effect((control, treatment), options.Level) with { Unit = "outcome a unit" },
            AuucAboveChance = Difference(0, 2, 0.5, "outcome a unit"),
            Groups = [.. Grouped(table, uplifts, order, options.Level)],
            Policies = [.. rules.Select((rule, i) => new ContactPolicy(
                rule.Name, (double)rule.Contacted.Count(contacted => contacted) / isTreated.Length, Of(3 + i, terms.Currency), i == 0 ? null : Difference(3, 3 + i, 1, terms.Currency)))],
            Curve = Tenths(table, order, isEnd, isTreated),
            Learner = $"T-learner, ridge {(fitted.IsLogistic ? "logistic" : "linear")} regression on one-hot features",
        };
    }

    private static double[] Statistics(
        UpliftTable table, ContactTerms terms, int[] order, bool[] isEnd, bool[] isTreated, (string Name, bool[] Contacted)[] rules, ReadOnlySpan<int> counts)
    {
        var areas = UpliftCurve.Areas(order, isEnd, isTreated, table.Outcomes, counts);
        var figures = new double[3 + rules.Length];
        (figures[0], figures[1], figures[2]) = (areas.Auuc, areas.Qini, areas.Effect);
        for (var i = 0; i < rules.Length; i++) figures[3 + i] = ContactValue.Of(rules[i].Contacted, isTreated, table.Outcomes, terms.Margin, terms.ContactCost, counts);
        return figures;
    }

    private static bool[] Likeliest(double[] treated, int count)
    {
        var contacted = new bool[treated.Length];
        foreach (var unit in Enumerable.Range(0, treated.Length).OrderByDescending(unit => treated[unit]).Take(count)) contacted[unit] = true;
        return contacted;
    }

    private static IEnumerable<UpliftGroup> Grouped(UpliftTable table, double[] uplifts, int[] order, double level)
    {
        for (var group = 0; group < Groups; group++)
        {
            var units = order[(int)((long)order.Length * group / Groups)..(int)((long)order.Length * (group + 1) / Groups)];
            yield return new UpliftGroup(group + 1, units.Length, units.Sum(unit => uplifts[unit]) / units.Length, Effect(Arms(table, units), level));
        }
    }

    // Treated − untreated with Welch's interval; where one arm does not vary, the other's error stands alone.
    private static Estimate Effect((ArmStatistic Control, ArmStatistic Treatment) arms, double level)
    {
        var (control, treatment) = arms;
        var (value, error) = (treatment.Mean - control.Mean, Math.Sqrt((treatment.Variance / treatment.Count) + (control.Variance / control.Count)));
        var effect = EffectTest.Test(value, error, EffectTest.DegreesOfFreedom(control, treatment), new EffectOptions { Alpha = 1 - level });
        return new Estimate { Value = value, Low = effect.Low, High = effect.High, StandardError = error, Level = level, Count = (int)(control.Count + treatment.Count) };
    }

    // Means and variances; NaN below two units.
    private static (ArmStatistic Control, ArmStatistic Treatment) Arms(UpliftTable table, IEnumerable<int> units)
    {
        var byArm = units.ToLookup(unit => table.Arm[unit], unit => table.Outcomes[unit]);
        ArmStatistic Of(int arm)
        {
            double[] values = [.. byArm[arm]];
            var mean = values.Length < 2 ? double.NaN : CentredMoments.Mean(values);
            return ArmStatistic.Plain(values.Length, mean, CentredMoments.Product(values, mean, values, mean) / (values.Length - 1));
        }

        return (Of(0), Of(1));
    }

    private static List<(double Share, double Uplift, double Qini)> Tenths(UpliftTable table, int[] order, bool[] isEnd, bool[] isTreated)
    {
        List<(double Share, double Uplift, double Qini)> points = [(0, 0, 0)];
        var next = 1;
        UpliftCurve.Areas(order, isEnd, isTreated, table.Outcomes, [], (share, uplift, qini) =>
        {
            if (share < (next / 10.0) - 1e-12) return;
            points.Add((share, uplift, qini));
            next = (int)Math.Floor((share * 10) + 1e-9) + 1;
        });
        return points;
    }
}
