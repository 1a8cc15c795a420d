using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.Networks;

/// <summary>Networks on disk in Hugging Face's layout.</summary>
internal static class NetworkFolder
{
    /// <summary>Prefix of the encoder's names under a head.</summary>
    public const string Prefix = "bert.";

    /// <summary>Takes over the weights that a folder has for parts of the network; parts that it lacks keep what they are.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="prefix">Before the encoder's names in the network.</param>
    /// <param name="stored">The folder's tensors, checked.</param>
    public static void LoadInto(ParameterSet weights, string prefix, BertWeights stored)
    {
        foreach (var (name, tensor) in stored.Tensors)
        {
            if (weights.Contains(prefix + name)) weights.Load(prefix + name, tensor);
            else if (weights.Contains(name)) weights.Load(name, tensor);
        }
    }

    /// <summary>Which architecture a folder holds: with the pretraining heads where its <c>task.json</c> says so, else the encoder.</summary>
    public static BertWeights Read(string folder)
    {
        var isPretraining = File.Exists(Path.Combine(folder, TransformerTask.FileName)) && TransformerTask.Read(folder).Kind == TransformerKind.Pretraining;
        return BertWeights.Read(folder, isPretraining ? BertArchitecture.Pretraining : BertArchitecture.Encoder);
    }

    /// <summary>Writes weights, configuration, vocabulary and task.</summary>
    public static void Write(string folder, ParameterSet weights, BertConfiguration configuration, WordPieceVocabulary vocabulary, TransformerTask task)
    {
        Directory.CreateDirectory(folder);
        configuration.Write(folder, task.Kind switch
        {
            TransformerKind.Pretraining => "BertForPreTraining",
            TransformerKind.PairClassifier => "BertForSequenceClassification",
            _ => "BertModel",
        });
        Safetensors.Write(Path.Combine(folder, BertWeights.FileName), weights.ToTensors(), new SortedDictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        vocabulary.Write(folder);
        task.Write(folder);
    }
}
