using System.Diagnostics;

namespace Touchstone.Learning.Optimisation;

/// <summary>Measures a training as it goes.</summary>
/// <param name="stepCount">Steps of the whole.</param>
/// <param name="firstStep">Step that this process begins at.</param>
internal sealed class StepMeter(long stepCount, long firstStep)
{
    private const double Memory = 0.98;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _loss = double.NaN;
    private long _tokens, _made;

    /// <summary>Tokens a second since the process began to train.</summary>
    public double TokensASecond => _tokens / Math.Max(1e-9, _watch.Elapsed.TotalSeconds);

    /// <summary>Takes a step.</summary>
    public TrainingProgress Add(double loss, long tokens)
    {
        _loss = double.IsNaN(_loss) ? loss : (Memory * _loss) + ((1 - Memory) * loss);
        _tokens += tokens;
        _made++;
        var step = firstStep + _made;
        return new TrainingProgress(step, stepCount, _loss, TokensASecond, _watch.Elapsed.TotalSeconds / _made * (stepCount - step));
    }
}
