namespace Touchstone.Learning;

/// <summary>A loss or gradient that is no number any more: training stopped, the last good checkpoint is kept.</summary>
/// <param name="message">What, where the last good checkpoint is, and what to change.</param>
public sealed class TrainingDivergedException(string message) : Exception(message)
{
    /// <summary>In the words that all trainings use.</summary>
    internal static TrainingDivergedException At(string what, long step, double rate, string folder, long goodStep) => new(FormattableString.Invariant(
        $"{what}: the loss or its gradient is not finite at step {step} (learning rate {rate:0.######}). {(goodStep >= 0 ? $"The last good checkpoint, of step {goodStep}, is kept in {folder}." : "No checkpoint had been made yet.")} Lower learning_rate, or raise warm_up; the same command then begins anew with the new options."));
}
