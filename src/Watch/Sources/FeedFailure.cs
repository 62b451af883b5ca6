namespace Delegation.Watch.Sources;

/// <summary>Why a feed could not be read, by a stable reason that people look up; never the text of an exception.</summary>
internal sealed class FeedFailureException(string reason) : Exception(reason)
{
    public const string AddressRefused = "ADDRESS_REFUSED";
    public const string NameUnknown = "NAME_UNKNOWN";
    public const string ConnectionFailed = "CONNECTION_FAILED";
    public const string TimeOver = "TIME_OVER";
    public const string TooLarge = "TOO_LARGE";
    public const string RedirectedTooOften = "REDIRECTED_TOO_OFTEN";
    public const string RedirectRefused = "REDIRECT_REFUSED";
    public const string DtdRefused = "DTD_REFUSED";
    public const string TooDeep = "TOO_DEEP";
    public const string NotAFeed = "NOT_A_FEED";

    public string Reason { get; } = reason;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
