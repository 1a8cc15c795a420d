namespace Touchstone.Search;

/// <summary>A search index cannot be read or made; the message names the file and the remedy.</summary>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="inner">What caused it, where something did.</param>
public sealed class SearchIndexException(string message, Exception? inner = null) : Exception(message, inner);
