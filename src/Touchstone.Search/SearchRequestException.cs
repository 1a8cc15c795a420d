namespace Touchstone.Search;

/// <summary>A request asks for what cannot be answered: an unknown filter or facet, a price range that is none. The message says how to mend it.</summary>
/// <param name="message">What is wrong and how to mend it.</param>
public sealed class SearchRequestException(string message) : Exception(message);
