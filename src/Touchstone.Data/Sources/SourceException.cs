using System.Globalization;

namespace Touchstone.Data.Sources;

/// <summary>A fault of a whole source file (a faulty row is no exception: it is yielded as unreadable). Says file, line and remedy.</summary>
public sealed class SourceException : Exception
{
    /// <summary>Makes the message <c>file:line problem</c>.</summary>
    /// <param name="file">Name of the file relative to shop.yaml.</param>
    /// <param name="lineNumber">Line from 1, or 0 where the whole file is meant.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="inner">What caused it, where something did.</param>
    public SourceException(string file, long lineNumber, string problem, Exception? inner = null)
        : base(lineNumber > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{lineNumber} {problem}") : $"{file} {problem}", inner)
    {
        File = file;
        LineNumber = lineNumber;
    }

    /// <summary>Name of the file.</summary>
    public string File { get; }

    /// <summary>Line from 1, or 0 where the whole file is meant.</summary>
    public long LineNumber { get; }
}
