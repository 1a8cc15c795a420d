using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>An encoder of texts, as the index and the searchers take it.</summary>
/// <param name="name">Name, as figures and the index's card say it.</param>
/// <param name="version">Version in the registry, or null.</param>
/// <param name="dimension">Components of a vector.</param>
/// <param name="encode">Texts → [text, dimension].</param>
/// <param name="model">What is let go of at the end.</param>
internal sealed class OpenEncoder(string name, string? version, int dimension, Func<IReadOnlyList<string>, IProgress<double>?, CancellationToken, float[]> encode, IDisposable? model = null) : IDisposable
{
    /// <summary>Name, as figures and the index's card say it.</summary>
    public string Name => name;

    /// <summary>Version in the registry, or null.</summary>
    public string? Version => version;

    /// <summary>Components of a vector.</summary>
    public int Dimension => dimension;

    /// <summary>Vectors of texts, [text, dimension].</summary>
    public float[] Encode(IReadOnlyList<string> texts, IProgress<double>? progress, CancellationToken cancellation) => encode(texts, progress, cancellation);

    /// <summary>Vector of one query.</summary>
    public float[] Query(string text) => encode([text], null, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => model?.Dispose();
}

/// <summary>Finds the encoders that make vectors of texts.</summary>
internal static class TextEncoders
{
    /// <summary>Name in the registry.</summary>
    public const string ModelName = "text-encoder";

    /// <summary>The registry's encoder: the version that the alias <c>text-encoder</c> points at, else the one registered last; null where there is none.</summary>
    public static OpenEncoder? Registered(ModelRegistry registry, int threads)
    {
        if (registry.Aliases().TryGetValue(ModelName, out var stated)) return Registered(registry, stated.Name, stated.Version, threads);
        var last = registry.List().Where(model => model.Name == ModelName).Select(model => registry.Open(model.Name, model.Version)).MaxBy(model => (model.Card.Created, model.Version));
        return last is null ? null : Registered(registry, last.Name, last.Version, threads);
    }

    /// <summary>A version of the registry's encoder.</summary>
    /// <exception cref="RegistryException">There is none.</exception>
    public static OpenEncoder Registered(ModelRegistry registry, string name, string version, int threads)
    {
        var model = registry.Open(name, version);
        return Open(model.Folder, threads, name, version);
    }

    /// <summary>The encoder of a folder.</summary>
    public static OpenEncoder Open(string folder, int threads, string? name = null, string? version = null) =>
        throw new UsageException($"{folder}: encoders of texts are not read yet (threads {threads}, {name} {version}).");
}
