namespace Delegation.Identity;

/// <summary>What the issuer says about itself and its tokens (configuration section <c>Identity</c>).</summary>
internal sealed class IssuerOptions
{
    public const string Section = "Identity";

    /// <summary>
    /// The <c>iss</c> of every token and the prefix of every address in the discovery document, as clients see it: the public
    /// address, which behind a port proxy is not the port that this process listens on. Default: localhost and HTTP_PORT.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> of every access token: the platform as a whole.</summary>
    public string Audience { get; set; } = "delegation-platform";

    /// <summary>How long an access token is valid.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one key signs before the next takes over.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Names the first setting that cannot work, or null.</summary>
    public string? FirstProblem() => this switch
    {
        _ when !Uri.TryCreate(Issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.Query.Length > 0 || uri.Fragment.Length > 0
            => "Identity:Issuer must be an absolute http(s) address without query or fragment (or give HTTP_PORT).",
        { Issuer: [.., '/'] } => "Identity:Issuer must not end with '/': verifiers compare it character by character.",
        { Audience: "" } => "Identity:Audience must not be empty.",
        _ when TokenLifetime < TimeSpan.FromSeconds(1) => "Identity:TokenLifetime must be one second or more.",
        _ when KeyLifetime < TokenLifetime => "Identity:KeyLifetime must not be shorter than Identity:TokenLifetime.",
        _ => null,
    };
}
