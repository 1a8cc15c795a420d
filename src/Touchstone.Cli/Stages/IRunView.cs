namespace Touchstone.Cli.Stages;

/// <summary>Shows a run to a person.</summary>
internal interface IRunView
{
    /// <summary>A stage was unchanged.</summary>
    void Skipped(string stage, StageManifest manifest);

    /// <summary>Something the reader must know before the figures.</summary>
    void Warn(string text);

    /// <summary>A stage begins; its progress goes to the answer.</summary>
    IStageProgress Begin(string stage);

    /// <summary>A stage has ended.</summary>
    void Ended(string stage, StageManifest manifest);
}
