namespace Touchstone.Serving.Rollout;

/// <summary>By what right a model is shown to a shopper. Without one, no model serves.</summary>
public enum ServingRight
{
    /// <summary>It is the workspace's champion.</summary>
    Champion,

    /// <summary>A verdict admits it, and the request asked for it by name.</summary>
    Admitted,
}
