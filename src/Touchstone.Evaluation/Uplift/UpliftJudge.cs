using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
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
            var random = options.Seed.For("uplift/bootstrap", replicate).NewRandom();
            var counts = new int[isTreated.Length];
            for (var i = 0; i < counts.Length; i++) counts[random.NextInt(counts.Length)]++;
            var figures = Statistics(table, terms, order, isEnd, isTreated, rules, counts);
            for (var i = 0; i < figures.Length; i++) replicates[i][replicate] = figures[i];
        });
        Estimate Of(int at, string unit) => ReplicateEstimate.Percentile(sample[at], replicates[at], options.Level, isTreated.Length, unit);
        Estimate Difference(int left, int right, double scale, string unit) => ReplicateEstimate.Percentile(
            sample[left] - (scale * sample[right]), [.. replicates[left].Zip(replicates[right], (l, r) => l - (scale * r))], options.Level, isTreated.Length, unit);
        return new UpliftResult
        {
            Treatment = table.Arms[1],
            Control = table.Arms[0],
            Counts = (all.Arm.Count(arm => arm == 1), all.Arm.Count(arm => arm == 0)),
            JudgedCount = isTreated.Length,
            Means = (Mean(all, 1), Mean(all, 0)),
            Auuc = Of(0, "outcome a unit"),
            Qini = Of(1, "outcome a treated unit"),
            Effect = Effect(all, [.. Enumerable.Range(0, all.Arm.Length)], options.Level) with { Unit = "outcome a unit" },
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

    private static double Mean(UpliftTable table, int arm)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < table.Arm.Length; i++)
        {
            if (table.Arm[i] != arm) continue;
            sum += table.Outcomes[i];
            count++;
        }

        return sum / count;
    }

    private static IEnumerable<UpliftGroup> Grouped(UpliftTable table, double[] uplifts, int[] order, double level)
    {
        for (var group = 0; group < Groups; group++)
        {
            var units = order[(int)((long)order.Length * group / Groups)..(int)((long)order.Length * (group + 1) / Groups)];
            yield return new UpliftGroup(group + 1, units.Length, units.Sum(unit => uplifts[unit]) / units.Length, Effect(table, units, level));
        }
    }

    // Treated − untreated with Welch's interval.
    private static Estimate Effect(UpliftTable table, int[] units, double level)
    {
        var (treated, untreated) = (Moments(table, units, 1), Moments(table, units, 0));
        var variance = (treated.Variance / treated.Count) + (untreated.Variance / untreated.Count);
        var error = Math.Sqrt(variance);
        var df = variance * variance / ((Math.Pow(treated.Variance / treated.Count, 2) / (treated.Count - 1)) + (Math.Pow(untreated.Variance / untreated.Count, 2) / (untreated.Count - 1)));
        var half = error > 0 && df > 0 ? error * Distributions.StudentQuantile((1 + level) / 2, df) : double.NaN;
        var value = treated.Mean - untreated.Mean;
        return new Estimate { Value = value, Low = value - half, High = value + half, StandardError = error, Level = level, Count = units.Length };
    }

    private static (double Mean, double Variance, double Count) Moments(UpliftTable table, int[] units, int arm)
    {
        double[] values = [.. units.Where(unit => table.Arm[unit] == arm).Select(unit => table.Outcomes[unit])];
        if (values.Length < 2) return (double.NaN, double.NaN, values.Length);
        var mean = values.Average();
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1), values.Length);
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
