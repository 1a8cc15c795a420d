using Touchstone.Models.Checkpoints;

namespace Touchstone.Tests.Models.Checkpoints;

public sealed class TransformerTaskTests
{
    [Theory]
    [InlineData(TransformerKind.TextEncoder, "text-encoder")]
    [InlineData(TransformerKind.PairClassifier, "pair-classifier")]
    [InlineData(TransformerKind.Pretraining, "pretraining")]
    public void What_is_written_reads_back(TransformerKind kind, string word)
    {
        using var folder = new TemporaryFolder();
        var task = new TransformerTask { Kind = kind, MaximumTokens = 48 };
        task.Write(folder.Path);
        Assert.Equal(task, TransformerTask.Read(folder.Path));
        Assert.Equal($"{{\n  \"version\": 1,\n  \"task\": \"{word}\",\n  \"pooling\": \"mean\",\n  \"normalise\": true,\n  \"maximum_tokens\": 48\n}}\n", File.ReadAllText(folder.In("task.json")));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version is 2; this program reads up to 1.")]
    [InlineData("text-encoder", "poem", "task is \"poem\"; known are \"text-encoder\", \"pair-classifier\", \"pretraining\".")]
    [InlineData("\"mean\"", "\"cls\"", "pooling is \"cls\"; only \"mean\" is supported.")]
    [InlineData("true", "false", "normalise is false; only true is supported.")]
    [InlineData("64", "4", "maximum_tokens is 4; expected a whole number of at least 5.")]
    public void What_is_not_known_is_refused_with_its_key(string from, string to, string message)
    {
        using var folder = new TemporaryFolder();
        new TransformerTask { Kind = TransformerKind.TextEncoder }.Write(folder.Path);
        var path = folder.In("task.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));
        Assert.Equal($"{path}: {message}", Assert.Throws<CheckpointException>(() => TransformerTask.Read(folder.Path)).Message);
    }
}
