using System.Globalization;
using Touchstone.Learning;

namespace Touchstone.Cli.Stages;

/// <summary>Shows a training on a part of a stage's bar: loss and tokens a second; the bar itself says what is left.</summary>
/// <param name="progress">The stage's bar.</param>
/// <param name="name">What is trained.</param>
/// <param name="from">Where its part begins, in [0, 1].</param>
/// <param name="to">Where its part ends.</param>
internal sealed class TrainingProgressBar(IStageProgress progress, string name, double from, double to) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => progress.Report(
        from + ((to - from) * value.Step / value.StepCount),
        string.Create(CultureInfo.InvariantCulture, $"{name}: step {value.Step:#,##0} of {value.StepCount:#,##0}, loss {value.Loss:0.000}, {value.TokensASecond:#,##0} tokens/s, {value.SecondsLeft:0} s left"));
}
