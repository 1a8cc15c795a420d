namespace Touchstone.Cli.Stages;

/// <summary>Shows how far a stage is.</summary>
internal interface IStageProgress
{
    /// <summary>Tells how far the stage is.</summary>
    /// <param name="fraction">In [0, 1].</param>
    /// <param name="doing">What is being done, a few words.</param>
    void Report(double fraction, string doing);
}
