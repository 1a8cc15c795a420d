namespace Touchstone.Learning;

/// <summary>How far a training has come.</summary>
/// <param name="Step">Steps made.</param>
/// <param name="StepCount">Steps of the whole.</param>
/// <param name="Loss">Mean loss of the last steps, nats.</param>
/// <param name="TokensASecond">Tokens read a second, padding left out, since this process began to train.</param>
/// <param name="SecondsLeft">Time left at that rate.</param>
public readonly record struct TrainingProgress(long Step, long StepCount, double Loss, double TokensASecond, double SecondsLeft);
