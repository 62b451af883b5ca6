using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using static Google.Protobuf.Reflection.MethodOptions.Types;

namespace Delegation.ServiceDefaults.GrpcClients;

/// <summary>
/// gRPC's own retries (https://github.com/grpc/proposal/blob/master/A6-client-retries.md), where they can do no harm. UNAVAILABLE may come
/// after the server has done its work, so only methods whose <c>idempotency_level</c> in the contract says that they can be repeated are
/// tried again; and once a first message has come back, gRPC itself never does. All attempts share the deadline of the call.
/// </summary>
internal static class RetryPolicy
{
    private const int MaxAttempts = 3;

    public static ServiceConfig For<TClient>()
    {
        var config = new ServiceConfig
        {
            // When half of the calls fail, retries stop: a service in trouble is not helped by three times the load.
            RetryThrottling = new RetryThrottlingPolicy { MaxTokens = 10, TokenRatio = 0.1 },
        };
        var repeatable = Descriptor(typeof(TClient)).Methods
            .Where(method => method.GetOptions()?.IdempotencyLevel is IdempotencyLevel.NoSideEffects or IdempotencyLevel.Idempotent);
        foreach (var method in repeatable)
            config.MethodConfigs.Add(new MethodConfig
            {
                Names = { new MethodName { Service = method.Service.FullName, Method = method.Name } },
                RetryPolicy = new Grpc.Net.Client.Configuration.RetryPolicy
                {
                    MaxAttempts = MaxAttempts,
                    InitialBackoff = TimeSpan.FromMilliseconds(50),
                    MaxBackoff = TimeSpan.FromSeconds(1),
                    BackoffMultiplier = 4,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            });
        return config;
    }

    // A generated client is nested in the class of its service, which holds the descriptor.
    private static ServiceDescriptor Descriptor(Type client) =>
        client.DeclaringType?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor
        ?? throw new InvalidOperationException($"{client} is not a client that was generated from a .proto file.");
}
