namespace Touchstone.Serving.Rollout;

/// <summary>A model that serves.</summary>
/// <param name="Model">Name.</param>
/// <param name="Version">Content hash of model and configuration.</param>
/// <param name="Right">By what right.</param>
public sealed record ServingPolicy(string Model, string Version, ServingRight Right)
{
    /// <summary>Name and version, for a log.</summary>
    public override string ToString() => $"{Model} {Version}";
}
