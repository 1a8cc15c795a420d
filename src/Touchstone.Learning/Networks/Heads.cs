using TorchSharp;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>What stands on an encoder: names of weights are Hugging Face's where it has such a head.</summary>
internal static class Heads
{
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
        BertEncoder.AddLinear(weights, ClassifierDense, BertParameter.ClassifierWidth, BertParameter.ClassifierFeatures * configuration.HiddenSize, configuration.InitializerRange, seed);
        BertEncoder.AddLinear(weights, ClassifierOutput, 1, BertParameter.ClassifierWidth, configuration.InitializerRange, seed);
    }

    /// <summary>Scores of all tokens at chosen positions.</summary>
    /// <param name="hidden">[chosen, hidden] last hidden states at these positions.</param>
    /// <param name="encoder">Gives the word embedding.</param>
    /// <param name="weights">Weights.</param>
    /// <returns>[chosen, token] logits.</returns>
    public static Tensor PredictTokens(Tensor hidden, BertEncoder encoder, ParameterSet weights)
    {
        var transformed = Layers.LayerNorm(Layers.Gelu(Layers.Linear(hidden, weights, Transform)), weights, TransformNorm, encoder.Configuration.LayerNormEpsilon);
        return torch.nn.functional.linear(transformed, weights[encoder.WordEmbeddings], weights[PredictionBias]);
    }

    /// <summary>Whether the second text follows the first: logits of yes (0) and no (1), as in BERT.</summary>
    /// <param name="pooled">[batch, hidden].</param>
    /// <param name="weights">Weights.</param>
    /// <returns>[batch, 2].</returns>
    public static Tensor PredictNext(Tensor pooled, ParameterSet weights) => Layers.Linear(pooled, weights, NextSentence);

    /// <summary>
    /// Logit that the two segments belong together: a dense layer of 128 with ReLU over the pooled first position and over product and absolute
    /// difference of the segments' means (Conneau et al. 2017, section 3.1), then one number; its sigmoid is the probability.
    /// </summary>
    /// <param name="hidden">[batch, position, hidden].</param>
    /// <param name="tokens">The batch.</param>
    /// <param name="encoder">Pools the first position.</param>
    /// <param name="weights">Weights.</param>
    /// <param name="dropout">Masks.</param>
    /// <returns>[batch].</returns>
    public static Tensor Classify(Tensor hidden, TokenTensors tokens, BertEncoder encoder, ParameterSet weights, DropoutMasks dropout)
    {
        var second = tokens.AttentionMask * tokens.TokenTypeIds;
        var (left, right) = (Mean(hidden, tokens.AttentionMask - second), Mean(hidden, second));
        var features = torch.cat([encoder.Pool(hidden), left * right, (left - right).abs()], 1);
        var dense = Layers.Linear(dropout.Apply(features), weights, ClassifierDense).relu();
        return Layers.Linear(dropout.Apply(dense), weights, ClassifierOutput).squeeze(-1);
    }

    /// <summary>Mean of the hidden states over the tokens, scaled to length 1 (Reimers and Gurevych 2019).</summary>
    /// <param name="hidden">[batch, position, hidden].</param>
    /// <param name="mask">[batch, position] 1 for a token, 0 for padding.</param>
    /// <returns>[batch, hidden].</returns>
    public static Tensor Embed(Tensor hidden, Tensor mask) => torch.nn.functional.normalize(Mean(hidden, mask), 2, 1, 1e-12);

    // Zeros where the mask keeps nothing.
    private static Tensor Mean(Tensor hidden, Tensor mask)
    {
        var kept = mask.to_type(torch.ScalarType.Float32).unsqueeze(-1);
        return (hidden * kept).sum(1) / kept.sum(1).clamp_min(1);
    }
}
