namespace Touchstone.Models.Checkpoints;

/// <summary>A tensor that a BERT checkpoint holds.</summary>
/// <param name="Name">Hugging Face's name, without the prefix <c>bert.</c>.</param>
/// <param name="Shape">[dimension] sizes; the weight of a dense layer is [out, in].</param>
/// <param name="IsRequired">Whether a checkpoint without it is refused.</param>
public sealed record BertParameter(string Name, IReadOnlyList<long> Shape, bool IsRequired = true)
{
    /// <summary>Width of the dense layer between the pooler and the classifier's output.</summary>
    public const int ClassifierWidth = 128;

    /// <summary>What the dense layer sees, in hidden sizes: the pooled first position, and the product and the distance of the two segments' means.</summary>
    public const int ClassifierFeatures = 3;

    /// <summary>Every tensor of an architecture, in the order of the network.</summary>
    public static IReadOnlyList<BertParameter> Of(BertConfiguration configuration, BertArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        long hidden = configuration.HiddenSize;
        var all = new List<BertParameter>
        {
            new("embeddings.word_embeddings.weight", [configuration.VocabularySize, hidden]),
            new("embeddings.position_embeddings.weight", [configuration.MaximumPositions, hidden]),
            new("embeddings.token_type_embeddings.weight", [configuration.SegmentCount, hidden]),
        };
        AddNorm(all, "embeddings.LayerNorm", hidden);
        for (var layer = 0; layer < configuration.LayerCount; layer++)
        {
            var prefix = $"encoder.layer.{layer}";
            foreach (var part in (string[])["query", "key", "value"]) AddDense(all, $"{prefix}.attention.self.{part}", hidden, hidden);
            AddDense(all, $"{prefix}.attention.output.dense", hidden, hidden);
            AddNorm(all, $"{prefix}.attention.output.LayerNorm", hidden);
            AddDense(all, $"{prefix}.intermediate.dense", configuration.IntermediateSize, hidden);
            AddDense(all, $"{prefix}.output.dense", hidden, configuration.IntermediateSize);
            AddNorm(all, $"{prefix}.output.LayerNorm", hidden);
        }

        AddDense(all, "pooler.dense", hidden, hidden, isRequired: architecture != BertArchitecture.Encoder);
        switch (architecture)
        {
            case BertArchitecture.Encoder:
                break;
            case BertArchitecture.PairClassifier:
                AddDense(all, "classifier.dense", ClassifierWidth, ClassifierFeatures * hidden);
                AddDense(all, "classifier.out_proj", 1, ClassifierWidth);
                break;
            case BertArchitecture.Pretraining:
                AddDense(all, "cls.predictions.transform.dense", hidden, hidden);
                AddNorm(all, "cls.predictions.transform.LayerNorm", hidden);
                all.Add(new("cls.predictions.bias", [configuration.VocabularySize]));
                // Tied to the word embeddings: a file may leave them out, and Hugging Face's do.
                all.Add(new("cls.predictions.decoder.weight", [configuration.VocabularySize, hidden], IsRequired: false));
                all.Add(new("cls.predictions.decoder.bias", [configuration.VocabularySize], IsRequired: false));
                AddDense(all, "cls.seq_relationship", 2, hidden);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "Unknown architecture.");
        }

        return all;
    }

    private static void AddDense(List<BertParameter> all, string name, long outputs, long inputs, bool isRequired = true)
    {
        all.Add(new($"{name}.weight", [outputs, inputs], isRequired));
        all.Add(new($"{name}.bias", [outputs], isRequired));
    }

    private static void AddNorm(List<BertParameter> all, string name, long width)
    {
        all.Add(new($"{name}.weight", [width]));
        all.Add(new($"{name}.bias", [width]));
    }
}
