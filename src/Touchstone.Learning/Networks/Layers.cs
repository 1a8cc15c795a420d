using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>Layers as functions of their input and their weights. Linear weights are [out, in], as in Hugging Face's checkpoints.</summary>
internal static class Layers
{
    /// <summary>x Wᵀ + b. x [.., in] → [.., out].</summary>
    public static Tensor Linear(Tensor x, ParameterSet weights, string name) =>
        torch.nn.functional.linear(x, weights[name + ".weight"], weights[name + ".bias"]);

    /// <summary>Layer normalisation over the last dimension; the variance divides by n (Ba et al. 2016).</summary>
    public static Tensor LayerNorm(Tensor x, ParameterSet weights, string name, double epsilon)
    {
        var gamma = weights[name + ".weight"];
        return torch.nn.functional.layer_norm(x, gamma.shape, gamma, weights[name + ".bias"], epsilon);
    }

    /// <summary>x Φ(x), exact (Hendrycks and Gimpel 2016).</summary>
    public static Tensor Gelu(Tensor x) => torch.nn.functional.gelu(x);

    /// <summary>
    /// softmax(Q Kᵀ / √d + mask) V by heads (Vaswani et al. 2017, eq. 1), before the output layer. A query that may attend to nothing gets 0.
    /// </summary>
    /// <param name="query">[batch, position, hidden].</param>
    /// <param name="key">[batch, position, hidden].</param>
    /// <param name="value">[batch, position, hidden].</param>
    /// <param name="heads">Heads; they divide hidden.</param>
    /// <param name="allowed">1 where a query may attend to a key, 0 where not; broadcast to [batch, head, query, key]; null for everywhere.</param>
    /// <returns>[batch, position, hidden].</returns>
    public static Tensor Attention(Tensor query, Tensor key, Tensor value, int heads, Tensor? allowed)
    {
        var (batch, length, hidden) = (query.shape[0], query.shape[1], query.shape[2]);
        var width = hidden / heads;
        // Products of whole batches: on short texts faster than LibTorch's fused attention, above all backwards.
        Tensor Split(Tensor x) => x.view(batch, length, heads, width).transpose(1, 2).reshape(batch * heads, length, width);
        var scores = Split(query).bmm(Split(key).transpose(1, 2)) * (1 / Math.Sqrt(width));
        if (allowed is not null) scores = (scores.view(batch, heads, length, length) + ((allowed - 1) * 1e30)).view(batch * heads, length, length);
        var weights = torch.nn.functional.softmax(scores, -1);
        if (allowed is not null) weights = (weights.view(batch, heads, length, length) * allowed).view(batch * heads, length, length);
        return weights.bmm(Split(value)).view(batch, heads, length, width).transpose(1, 2).reshape(batch, length, hidden);
    }

    /// <summary>A padding mask as attention takes it.</summary>
    /// <param name="mask">[batch, position] 1 for a token, 0 for padding.</param>
    /// <returns>[batch, 1, 1, position] singles.</returns>
    public static Tensor OverKeys(Tensor mask) => mask.to_type(torch.ScalarType.Float32).unsqueeze(1).unsqueeze(1);
}
