namespace Touchstone.Learning.Optimisation;

/// <summary>Rises linearly over the warm-up, then falls along a half cosine (Loshchilov and Hutter 2017), and stays at the end.</summary>
/// <param name="Peak">Rate at the end of the warm-up, above 0.</param>
/// <param name="Final">Rate at the end, at least 0.</param>
/// <param name="WarmUpSteps">Steps of the rise; 0 for none.</param>
/// <param name="TotalSteps">Steps of the whole.</param>
internal readonly record struct LearningRateSchedule(double Peak, double Final, long WarmUpSteps, long TotalSteps)
{
    /// <summary>Rate of a step, counted from 0.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps) return Peak * step / WarmUpSteps;
        if (step >= TotalSteps) return Final;
        var done = (double)(step - WarmUpSteps) / (TotalSteps - WarmUpSteps);
        return Final + ((Peak - Final) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
