using TorchSharp;
using Touchstone.Models.Tokens;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>A batch of sequences as tensors, all [sequence, position] of 64-bit integers. They belong to the dispose scope around.</summary>
internal sealed record TokenTensors
{
    /// <summary>Token ids.</summary>
    public required Tensor InputIds { get; init; }

    /// <summary>1 for a token, 0 for padding.</summary>
    public required Tensor AttentionMask { get; init; }

    /// <summary>0 for the first segment, 1 for the second.</summary>
    public required Tensor TokenTypeIds { get; init; }

    /// <summary>Whether any position is padding.</summary>
    public required bool HasPadding { get; init; }

    /// <summary>Copies a batch.</summary>
    public static TokenTensors Of(TokenBatch batch) => new()
    {
        InputIds = torch.tensor(batch.InputIds, batch.Count, batch.Length),
        AttentionMask = torch.tensor(batch.AttentionMask, batch.Count, batch.Length),
        TokenTypeIds = torch.tensor(batch.TokenTypeIds, batch.Count, batch.Length),
        HasPadding = Array.IndexOf(batch.AttentionMask, 0L) >= 0,
    };
}
