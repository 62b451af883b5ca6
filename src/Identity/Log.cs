namespace Delegation.Identity;

/// <summary>Every log message of the issuer. None carries a secret, a token, or text that an unknown caller chose.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "NoClients", Level = LogLevel.Warning,
        Message = "No client is configured (section 'Clients'): nobody can obtain a token.")]
    public static partial void NoClients(this ILogger logger);

    [LoggerMessage(EventId = 2, EventName = "TokenIssued", Level = LogLevel.Information,
        Message = "Token {TokenId} issued to client {ClientId}.")]
    public static partial void TokenIssued(this ILogger logger, string tokenId, string clientId);

    [LoggerMessage(EventId = 3, EventName = "ClientRefused", Level = LogLevel.Warning,
        Message = "Wrong secret for client {ClientId}.")]
    public static partial void ClientRefused(this ILogger logger, string clientId);

    [LoggerMessage(EventId = 4, EventName = "UnknownClientRefused", Level = LogLevel.Warning,
        Message = "Unknown client refused.")]
    public static partial void UnknownClientRefused(this ILogger logger);

    [LoggerMessage(EventId = 5, EventName = "TooManyFailures", Level = LogLevel.Warning,
        Message = "Too many failed authentications for client {ClientId}: refused until {Until:u}.")]
    public static partial void TooManyFailures(this ILogger logger, string clientId, DateTimeOffset until);

    [LoggerMessage(EventId = 6, EventName = "KeyCreated", Level = LogLevel.Information,
        Message = "Signing key {KeyId} created; it signs from {From:u} to {To:u}.")]
    public static partial void KeyCreated(this ILogger logger, string keyId, DateTimeOffset from, DateTimeOffset to);
}
