using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>What a runner reads of a model folder beside the graph.</summary>
internal sealed record TransformerFolder(BertConfiguration Configuration, TransformerTask Task, WordPieceTokenizer Tokenizer)
{
    /// <summary>Reads a folder of one kind.</summary>
    /// <exception cref="CheckpointException">A file is missing or malformed, or the folder is of another kind.</exception>
    internal static TransformerFolder Read(string folder, TransformerKind kind)
    {
        var task = TransformerTask.Read(folder);
        if (task.Kind != kind)
            throw new CheckpointException($"{folder}: {TransformerTask.FileName} says that this is a {TransformerTask.Word(task.Kind)}; a {TransformerTask.Word(kind)} is wanted.");
        var configuration = BertConfiguration.Read(folder);
        if (task.MaximumTokens > configuration.MaximumPositions)
            throw new CheckpointException($"{folder}: maximum_tokens in {TransformerTask.FileName} is {task.MaximumTokens}, but {BertConfiguration.FileName} has {configuration.MaximumPositions} positions (max_position_embeddings); lower it.");
        var vocabulary = WordPieceVocabulary.Read(folder);
        BertWeights.RequireVocabulary(folder, vocabulary.Count, configuration);
        return new TransformerFolder(configuration, task, new WordPieceTokenizer(vocabulary));
    }
}
