using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>What stands on an encoder: names of weights are Hugging Face's where it has such a head.</summary>
internal static class Heads
{
    /// <summary>Width of the classifier's dense layer.</summary>
    public const int ClassifierWidth = 128;

    private const string Transform = "cls.predictions.transform.dense", TransformNorm = "cls.predictions.transform.LayerNorm",
        PredictionBias = "cls.predictions.bias", NextSentence = "cls.seq_relationship",
        ClassifierDense = "classifier.dense", ClassifierOutput = "classifier.out_proj";

    /// <summary>Adds the heads of pretraining: masked language (its decoder is the word embedding) and next sentence.</summary>
    public static void AddPretraining(ParameterSet weights, BertConfiguration configuration, Seed seed)
    {
        BertEncoder.AddLinear(weights, Transform, configuration.HiddenSize, configuration.HiddenSize, configuration.InitializerRange, seed);
        BertEncoder.AddNorm(weights, TransformNorm, configuration.HiddenSize);
        weights.AddConstant(PredictionBias, 0, configuration.VocabularySize);
        BertEncoder.AddLinear(weights, NextSentence, 2, configuration.HiddenSize, configuration.InitializerRange, seed);
    }

    /// <summary>Adds the purchase classifier's head.</summary>
    public static void AddClassifier(ParameterSet weights, BertConfiguration configuration, Seed seed)
    {
        BertEncoder.AddLinear(weights, ClassifierDense, ClassifierWidth, configuration.HiddenSize, configuration.InitializerRange, seed);
        BertEncoder.AddLinear(weights, ClassifierOutput, 1, ClassifierWidth, configuration.InitializerRange, seed);
    }

    /// <summary>Scores of all tokens at chosen positions.</summary>
    /// <param name="hidden">[chosen, hidden] last hidden states at these positions.</param>
    /// <param name="encoder">Gives the word embedding.</param>
    /// <param name="weights">Weights.</param>
    /// <returns>[chosen, token] logits.</returns>
    public static Tensor PredictTokens(Tensor hidden, BertEncoder encoder, ParameterSet weights)
    {
        var transformed = Layers.LayerNorm(Layers.Gelu(Layers.Linear(hidden, weights, Transform)), weights, TransformNorm, encoder.Configuration.LayerNormEpsilon);
        return TorchSharp.torch.nn.functional.linear(transformed, weights[encoder.WordEmbeddings], weights[PredictionBias]);
    }

    /// <summary>Whether the second text follows the first: logits of yes (0) and no (1), as in BERT.</summary>
    /// <param name="pooled">[batch, hidden].</param>
    /// <param name="weights">Weights.</param>
    /// <returns>[batch, 2].</returns>
    public static Tensor PredictNext(Tensor pooled, ParameterSet weights) => Layers.Linear(pooled, weights, NextSentence);

    /// <summary>Logit of a purchase: a dense layer of 128 with ReLU, then one number; its sigmoid is the probability.</summary>
    /// <param name="pooled">[batch, hidden].</param>
    /// <param name="weights">Weights.</param>
    /// <param name="dropout">Masks.</param>
    /// <returns>[batch].</returns>
    public static Tensor Classify(Tensor pooled, ParameterSet weights, DropoutMasks dropout)
    {
        var dense = Layers.Linear(dropout.Apply(pooled), weights, ClassifierDense).relu();
        return Layers.Linear(dropout.Apply(dense), weights, ClassifierOutput).squeeze(-1);
    }

    /// <summary>Mean of the hidden states over the tokens, scaled to length 1 (Reimers and Gurevych 2019).</summary>
    /// <param name="hidden">[batch, position, hidden].</param>
    /// <param name="mask">[batch, position] 1 for a token, 0 for padding.</param>
    /// <returns>[batch, hidden].</returns>
    public static Tensor Embed(Tensor hidden, Tensor mask)
    {
        var kept = mask.to_type(TorchSharp.torch.ScalarType.Float32).unsqueeze(-1);
        var mean = (hidden * kept).sum(1) / kept.sum(1);
        return TorchSharp.torch.nn.functional.normalize(mean, 2, 1, 1e-12);
    }
}
