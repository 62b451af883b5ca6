using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Health;

// The gateway: GRPC_PORT passes every call of the contract on to its service, HTTP_PORT is the REST port.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddTokenValidation();
builder.AddRedisClient("redis");
builder.AddGrpcForwarding(PublicContract.Services);
builder.AddServiceHealth(PublicContract.Services);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGrpcForwarding(calls => calls.UseMiddleware<TokenGuard>());
app.Run();
