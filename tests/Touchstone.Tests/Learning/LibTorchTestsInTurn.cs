namespace Touchstone.Tests.Learning;

/// <summary>Tests that run LibTorch: its threads are the process's, so they run after the others and one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LibTorchTestsInTurn
{
    public const string Name = "LibTorch";

    /// <summary>Skips a test, with the remedy as the reason, where LibTorch cannot be loaded.</summary>
    public static void Require()
    {
        try
        {
            Touchstone.Learning.LibTorch.Start(2);
        }
        catch (Touchstone.Learning.LibTorchUnavailableException missing)
        {
            Assert.Skip(missing.Message);
        }
    }
}
