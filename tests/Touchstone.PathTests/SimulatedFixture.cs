namespace Touchstone.PathTests;

/// <summary>A small simulated shop with one finished run, shared by tests that only read it.</summary>
public sealed class SimulatedFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Sizes that train in seconds.</summary>
    public const string SmallLanguageModel = """
        pretrain: {tokens: 40000, vocabulary: 800, hidden: 64, layers: 1, maximum_tokens: 32, batch_tokens: 1024}
        finetune:
          text-encoder: {tokens: 40000, batch_pairs: 32, maximum_tokens: 32}
          purchase-classifier: {tokens: 40000, batch_tokens: 1024}

        """;

    /// <summary>shop.yaml.</summary>
    public string Yaml => _folder.File("shop/shop.yaml");

    /// <summary>The verdict of a run that nothing disturbed.</summary>
    public string Verdict { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var simulated = await TouchstoneProcess.RunAsync(_folder.Path, "simulate", "shop", "--shoppers", "400", "--products", "80", "--days", "120");
        Assert.True(simulated.ExitCode == 0, simulated.Output + simulated.Error);
        var text = await File.ReadAllTextAsync(Yaml);
        await File.WriteAllTextAsync(Yaml, text[..text.IndexOf("# The language model's training", StringComparison.Ordinal)] + "models: [popularity, cooccurrence, vsknn, meaning]\n" + SmallLanguageModel);
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
