namespace Touchstone.Data.SimulatedShop;

/// <summary>Progress of a part told as progress of the whole, at once and in order.</summary>
internal sealed class PartProgress(IProgress<double> whole, double start, double share) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => whole.Report(start + (share * value));
}
