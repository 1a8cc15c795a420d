using TorchSharp;

namespace Touchstone.Learning.Tracking;

/// <summary>Training curves as TensorBoard event files (<c>tensorboard --logdir</c>).</summary>
/// <param name="folder">Where the files go; made where it is missing. A resumed training adds a file.</param>
public sealed class TrainingCurves(string folder)
{
    private readonly TorchSharp.Modules.SummaryWriter _writer = Open(folder);

    /// <summary>Adds a point.</summary>
    /// <param name="name">Curve, e.g. <c>loss/train</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="step">Step, from 1.</param>
    public void Add(string name, double value, long step) => _writer.add_scalar(name, (float)value, (int)step);

    private static TorchSharp.Modules.SummaryWriter Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return torch.utils.tensorboard.SummaryWriter(folder);
    }
}
