using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.Negotiation;

/// <summary>What negotiations need beside their gRPC services.</summary>
internal static class NegotiationServices
{
    public static void AddNegotiation(this WebApplicationBuilder builder) => builder.Services.AddSingleton<IDueWork, StallWatch>();
}
