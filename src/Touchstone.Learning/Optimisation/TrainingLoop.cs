using TorchSharp;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Tracking;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Optimisation;

/// <summary>
/// What all trainings have in common: forward and backward in a scope that frees every tensor, a step of the optimiser, and a checkpoint now and
/// then, on Ctrl-C too. Batches follow from seed and step, so a resumed training passes over those that were learned.
/// </summary>
internal sealed class TrainingLoop
{
    /// <summary>What it is called in errors and curves.</summary>
    public required string Name { get; init; }

    /// <summary>What is learned.</summary>
    public required ParameterSet Weights { get; init; }

    /// <summary>How.</summary>
    public required AdamW Optimiser { get; init; }

    /// <summary>Learning rate by step.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Masks that each step begins anew.</summary>
    public required DropoutMasks Dropout { get; init; }

    /// <summary>Folder of the unfinished training.</summary>
    public required string CheckpointFolder { get; init; }

    /// <summary>What the training depends on.</summary>
    public required string Key { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointSteps { get; init; } = 250;

    /// <summary>Where TensorBoard event files go; null for none.</summary>
    public string? CurvesFolder { get; init; }

    /// <summary>Trains to the last step of the schedule.</summary>
    /// <param name="batches">At least as many as there are steps.</param>
    /// <param name="tokensOf">Tokens of a batch, padding left out.</param>
    /// <param name="lossOf">Loss of a batch at a step; null where it has nothing to learn from.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops after the step at hand, with a checkpoint of it.</param>
    /// <returns>Tokens a second of this process.</returns>
    /// <exception cref="TrainingDivergedException">A loss or gradient that is no number.</exception>
    public double Run<TBatch>(
        IEnumerable<TBatch> batches, Func<TBatch, long> tokensOf, Func<TBatch, long, Tensor?> lossOf, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var checkpoint = new TrainingCheckpoint(CheckpointFolder, Key);
        checkpoint.TryLoad(Weights, Optimiser);
        var curves = CurvesFolder is null ? null : new TrainingCurves(CurvesFolder);
        var meter = new StepMeter(Schedule.TotalSteps, Optimiser.StepCount);
        var goodStep = Optimiser.StepCount > 0 ? Optimiser.StepCount : -1;
        var first = Optimiser.StepCount;
        long step = 0;
        foreach (var batch in batches)
        {
            if (step == Schedule.TotalSteps) break;
            step++;
            if (step <= first) continue;
            var rate = Schedule.At(step);
            var loss = Step(batch, step, rate, lossOf);
            if (!double.IsFinite(loss)) throw TrainingDivergedException.At(Name, step, rate, CheckpointFolder, goodStep);
            progress?.Report(meter.Add(loss, tokensOf(batch)));
            if (curves is not null && step % 10 == 0)
            {
                curves.Add($"{Name}/loss", loss, step);
                curves.Add($"{Name}/learning_rate", rate, step);
            }

            if (step % CheckpointSteps != 0 && !cancellationToken.IsCancellationRequested) continue;
            checkpoint.Write(Weights, Optimiser);
            goodStep = step;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return meter.TokensASecond;
    }

    /// <summary>Forgets the unfinished training, once its result is written.</summary>
    public void Finish() => new TrainingCheckpoint(CheckpointFolder, Key).Delete();

    private double Step<TBatch>(TBatch batch, long step, double rate, Func<TBatch, long, Tensor?> lossOf)
    {
        using var scope = torch.NewDisposeScope();
        Dropout.BeginStep(step);
        var loss = lossOf(batch, step);
        if (loss is null)
        {
            Optimiser.SkipStep();
            return 0;
        }

        var value = loss.item<float>();
        if (!float.IsFinite(value)) return value;
        loss.backward();
        return double.IsFinite(Optimiser.Step(rate)) ? value : double.NaN;
    }
}
