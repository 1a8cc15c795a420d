using TorchSharp;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>
/// The encoder of BERT (Devlin et al. 2019): embeddings, then layers of self-attention and feed-forward, each followed by
/// residual and layer normalisation. Names of weights are those of Hugging Face's <c>BertModel</c> behind a prefix.
/// </summary>
/// <param name="configuration">Shape.</param>
/// <param name="weights">Holds the weights.</param>
/// <param name="prefix">Before each name: empty, or <c>bert.</c> under a head.</param>
internal sealed class BertEncoder(BertConfiguration configuration, ParameterSet weights, string prefix)
{
    /// <summary>Shape.</summary>
    public BertConfiguration Configuration => configuration;

    /// <summary>Names of the embedding of words, which the masked-language head shares.</summary>
    public string WordEmbeddings { get; } = prefix + "embeddings.word_embeddings.weight";

    /// <summary>Adds new weights: N(0, initialiser²), biases 0, normalisations 1.</summary>
    public static void AddWeights(ParameterSet weights, BertConfiguration configuration, string prefix, Seed seed)
    {
        var (hidden, inner, deviation) = (configuration.HiddenSize, configuration.IntermediateSize, configuration.InitializerRange);
        weights.AddNormal(prefix + "embeddings.word_embeddings.weight", deviation, seed, configuration.VocabularySize, hidden);
        weights.AddNormal(prefix + "embeddings.position_embeddings.weight", deviation, seed, configuration.MaximumPositions, hidden);
        weights.AddNormal(prefix + "embeddings.token_type_embeddings.weight", deviation, seed, configuration.SegmentCount, hidden);
        AddNorm(weights, prefix + "embeddings.LayerNorm", hidden);
        for (var layer = 0; layer < configuration.LayerCount; layer++)
        {
            var at = $"{prefix}encoder.layer.{layer}.";
            foreach (var part in (string[])["query", "key", "value"]) AddLinear(weights, $"{at}attention.self.{part}", hidden, hidden, deviation, seed);
            AddLinear(weights, at + "attention.output.dense", hidden, hidden, deviation, seed);
            AddNorm(weights, at + "attention.output.LayerNorm", hidden);
            AddLinear(weights, at + "intermediate.dense", inner, hidden, deviation, seed);
            AddLinear(weights, at + "output.dense", hidden, inner, deviation, seed);
            AddNorm(weights, at + "output.LayerNorm", hidden);
        }

        AddLinear(weights, prefix + "pooler.dense", hidden, hidden, deviation, seed);
    }

    /// <summary>Adds a linear layer [out, in] with bias 0.</summary>
    public static void AddLinear(ParameterSet weights, string name, int outputs, int inputs, double deviation, Seed seed)
    {
        weights.AddNormal(name + ".weight", deviation, seed, outputs, inputs);
        weights.AddConstant(name + ".bias", 0, outputs);
    }

    /// <summary>Adds a layer normalisation that changes nothing yet.</summary>
    public static void AddNorm(ParameterSet weights, string name, int size)
    {
        weights.AddConstant(name + ".weight", 1, size);
        weights.AddConstant(name + ".bias", 0, size);
    }

    /// <summary>Last hidden states.</summary>
    /// <param name="batch">[batch, position] tokens.</param>
    /// <param name="dropout">Masks, or none outside training. Attention weights are not dropped.</param>
    /// <returns>[batch, position, hidden].</returns>
    public Tensor Forward(TokenTensors batch, DropoutMasks dropout)
    {
        var length = batch.InputIds.shape[1];
        if (length > configuration.MaximumPositions)
            throw new ArgumentException($"A sequence of {length} tokens; the network has {configuration.MaximumPositions} positions. Cut the texts, or train with a larger maximum_tokens.", nameof(batch));
        var words = weights[WordEmbeddings].index_select(0, batch.InputIds.view(-1)).view(batch.InputIds.shape[0], length, configuration.HiddenSize);
        var positions = weights[prefix + "embeddings.position_embeddings.weight"].narrow(0, 0, length);
        var segments = weights[prefix + "embeddings.token_type_embeddings.weight"];
        var first = segments.narrow(0, 0, 1).squeeze(0);
        var embedded = words + positions + first;
        if (configuration.SegmentCount > 1) // as a linear blend, cheaper to differentiate than a lookup
            embedded = embedded + (batch.TokenTypeIds.to_type(torch.ScalarType.Float32).unsqueeze(-1) * (segments.narrow(0, 1, 1).squeeze(0) - first));
        var x = dropout.Apply(Layers.LayerNorm(embedded, weights, prefix + "embeddings.LayerNorm", configuration.LayerNormEpsilon));
        var allowed = batch.HasPadding ? Layers.OverKeys(batch.AttentionMask) : null;
        for (var layer = 0; layer < configuration.LayerCount; layer++) x = Block(x, allowed, $"{prefix}encoder.layer.{layer}.", dropout);
        return x;
    }

    /// <summary>tanh of a linear layer over the first position.</summary>
    /// <param name="hidden">[batch, position, hidden].</param>
    /// <returns>[batch, hidden].</returns>
    public Tensor Pool(Tensor hidden) => Layers.Linear(hidden.select(1, 0), weights, prefix + "pooler.dense").tanh();

    /// <summary>One layer.</summary>
    internal Tensor Block(Tensor x, Tensor? allowed, string at, DropoutMasks dropout)
    {
        var attended = Layers.Attention(
            Layers.Linear(x, weights, at + "attention.self.query"), Layers.Linear(x, weights, at + "attention.self.key"),
            Layers.Linear(x, weights, at + "attention.self.value"), configuration.HeadCount, allowed);
        var mixed = dropout.Apply(Layers.Linear(attended, weights, at + "attention.output.dense"));
        x = Layers.LayerNorm(x + mixed, weights, at + "attention.output.LayerNorm", configuration.LayerNormEpsilon);
        var fed = dropout.Apply(Layers.Linear(Layers.Gelu(Layers.Linear(x, weights, at + "intermediate.dense")), weights, at + "output.dense"));
        return Layers.LayerNorm(x + fed, weights, at + "output.LayerNorm", configuration.LayerNormEpsilon);
    }
}
