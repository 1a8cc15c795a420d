using Touchstone.Domain;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class SparsePolicyTests
{
    [Theory]
    [InlineData(-.1, "probabilities[0] = -0.1; expected [0, 1].")]
    [InlineData(1.1, "probabilities[0] = 1.1; expected [0, 1].")]
    [InlineData(double.NaN, "probabilities[0] = NaN; expected [0, 1].")]
    [InlineData(.4, "probabilities of context 0 add up to 0.9; a policy's add up to 1. Write every action that it may choose.")]
    public void A_faulty_policy_is_refused_with_row_or_context(double probability, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => SparsePolicy.Create([0, 0], [0, 1], [probability, .5], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_action_twice_in_a_context_is_refused() =>
        Assert.StartsWith("action 4 stands twice in context 0; keep one row.", Assert.Throws<ArgumentException>(() => SparsePolicy.Create([0, 0], [4, 4], [.5, .5], 1)).Message, StringComparison.Ordinal);
}
