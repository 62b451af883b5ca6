namespace Delegation.Gateway.Forwarding;

/// <summary>Where the replicas of a service are.</summary>
internal static class Destinations
{
    /// <summary>The addresses of settings <c>services:{resource}:grpc:0</c>, <c>:1</c> and so on, by their number.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one is not an address: a gateway without a service must not start.</exception>
    public static IReadOnlyDictionary<string, Uri> Of(IConfiguration configuration, string resource)
    {
        var section = configuration.GetSection($"services:{resource}:grpc");
        var addresses = section.GetChildren().ToDictionary(
            replica => replica.Key,
            replica => Uri.TryCreate(replica.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw new InvalidOperationException($"The setting {replica.Path} is '{replica.Value}'; it must be the address of a service."));

        return addresses.Count > 0
            ? addresses
            : throw new InvalidOperationException(
                $"The contract has services of '{resource}', but the setting {section.Path}:0, the address of who serves them, is missing.");
    }
}
