namespace Touchstone.PathTests;

/// <summary>A small simulated shop with one finished run, shared by tests that only read it.</summary>
public sealed class SimulatedFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>shop.yaml.</summary>
    public string Yaml => _folder.File("shop/shop.yaml");

    /// <summary>The verdict of a run that nothing disturbed.</summary>
    public string Verdict { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var simulated = await TouchstoneProcess.RunAsync(_folder.Path, "simulate", "shop", "--shoppers", "400", "--products", "80", "--days", "120");
        Assert.True(simulated.ExitCode == 0, simulated.Output + simulated.Error);
        File.AppendAllText(Yaml, "\nmodels: [popularity, cooccurrence, vsknn]\npretrain: false\n");
        var run = await TouchstoneProcess.RunAsync(_folder.Path, "run", Yaml);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Verdict = File.ReadAllText(_folder.File("shop/workspace/stages/verdict/verdict.json"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
