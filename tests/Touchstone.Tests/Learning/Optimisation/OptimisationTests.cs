using CsCheck;
using Touchstone.Domain;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;

namespace Touchstone.Tests.Learning.Optimisation;

public sealed class OptimisationTests
{
    [Fact]
    public void A_plan_has_every_example_once_and_no_batch_beyond_its_limits() => Gen.Select(Gen.Int[1, 60].Array[0, 300], Gen.Int[60, 400], Gen.Int[1, 40], Gen.ULong).Sample((lengths, tokens, examples, seed) =>
    {
        var plan = BatchPlan.Of(lengths, tokens, examples, new Seed(seed));
        Assert.Equal(Enumerable.Range(0, lengths.Length), plan.SelectMany(batch => batch).Order());
        Assert.All(plan, batch => Assert.True(batch.Length <= examples && batch.Max(i => lengths[i]) * batch.Length <= tokens));
        Assert.Equal(plan.SelectMany(batch => batch), BatchPlan.Of(lengths, tokens, examples, new Seed(seed)).SelectMany(batch => batch));
    });

    [Fact]
    public void Dropout_masks_keep_their_share_scale_the_rest_and_follow_the_stream() => Gen.Select(Gen.Double[0.01, 0.9], Gen.ULong, Gen.Int[0, 4]).Sample((rate, stream, rest) =>
    {
        var (mask, again) = (new float[20_000 + rest], new float[20_000 + rest]);
        var threshold = (ushort)Math.Round(rate * 65536);
        DropoutMasks.Fill(mask, threshold, stream);
        DropoutMasks.Fill(again, threshold, stream);
        Assert.Equal(mask, again);
        Assert.InRange(mask.Count(value => value == 0) / (double)mask.Length, rate - 0.03, rate + 0.03);
        Assert.All(mask.Where(value => value != 0), value => Assert.Equal((float)(65536.0 / (65536 - threshold)), value));
    }, iter: 50);

    [Fact]
    public void The_vectorised_step_is_the_step_of_each_number_alone() => Gen.Select(Gen.Float[-2, 2].Array[0, 40], Gen.Float[-3, 3]).Sample((start, gradient) =>
    {
        var together = start.ToArray();
        var (means, squares) = (new float[start.Length], new float[start.Length]);
        var gradients = new float[start.Length];
        for (var i = 0; i < gradients.Length; i++) gradients[i] = gradient * (i + 1) / 7;
        for (var step = 1; step <= 3; step++) AdamKernel.Step(together, gradients, means, squares, 0.5f, 1e-2, 0.1, 0.9, 0.999, 1e-8, step);
        for (var i = 0; i < start.Length; i++)
        {
            float[] own = [start[i]], mean = [0], square = [0];
            for (var step = 1; step <= 3; step++) AdamKernel.Step(own, gradients.AsSpan(i, 1), mean, square, 0.5f, 1e-2, 0.1, 0.9, 0.999, 1e-8, step);
            Assert.Equal(own[0], together[i], 1e-6f);
        }
    });
}
