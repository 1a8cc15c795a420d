namespace Touchstone.Evaluation.Calibration;

/// <summary>What each repetition found, kept by repetition so that the sums do not depend on threads.</summary>
/// <param name="methods">Methods.</param>
/// <param name="repetitions">Repetitions.</param>
internal sealed class CalibrationTally(int methods, int repetitions)
{
    private readonly bool[][] _isHit = Columns<bool>(methods, repetitions);
    private readonly double[][] _values = Columns<double>(methods, repetitions);

    /// <summary>Repetitions.</summary>
    public int Repetitions => repetitions;

    /// <summary>Runs all repetitions, each with a seed of its own.</summary>
    public static CalibrationTally Run(int methods, int repetitions, CalibrationOptions options, string purpose, Func<Action<int, CalibrationTally, Touchstone.Numerics.SeededRandom>> worker, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var tally = new CalibrationTally(methods, repetitions);
        var done = 0;
        Parallel.For(
            0,
            repetitions,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken },
            worker,
            (repetition, _, work) =>
            {
                work(repetition, tally, options.Seed.For("calibration/" + purpose, repetition).NewRandom());
                var count = Interlocked.Increment(ref done);
                if (count % 100 == 0) progress?.Report((double)count / repetitions);
                return work;
            },
            static _ => { });
        return tally;
    }

    /// <summary>Takes one repetition of a method.</summary>
    public void Set(int method, int repetition, bool isHit, double value = 0) => (_isHit[method][repetition], _values[method][repetition]) = (isHit, value);

    /// <summary>Repetitions that were hits.</summary>
    public int Hits(int method) => _isHit[method].Count(hit => hit);

    /// <summary>Mean of a method's values.</summary>
    public double Mean(int method) => _values[method].Sum() / repetitions;

    private static T[][] Columns<T>(int methods, int repetitions) => [.. Enumerable.Range(0, methods).Select(_ => new T[repetitions])];
}
